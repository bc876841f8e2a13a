package org.activemessaging.contract;

import java.util.concurrent.atomic.AtomicBoolean;

import org.activemessaging.RejectMessageException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator asks for is answered alike; what cannot be done is said beforehand.
 */
abstract class OperationsArea extends Area {

	private static final int MESSAGES = 5;

	@Test
	void scriptOfThePageDoesWhatItSays() throws Exception {
		AtomicBoolean mended = new AtomicBoolean();
		Recorder recorder = new Recorder((message) -> {
			if (!mended.get()) {
				throw new RejectMessageException("on purpose");
			}
		});
		raw().prepare(queue(), queue("Archive"));
		Application application = closing(application(recorder).redelivery(0, 0)
			.with("messaging.destination.archive.queue", queue("Archive").name())
			.with("messaging.operations.control.enabled", "true")
			.with("messaging.operations.purge.enabled", "true")
			.with("messaging.operations.redrive.enabled", "true")
			.with("messaging.operations.move.enabled", "true")
			.startWithEndpoint()).awaitListening();
		OperationsScript script = new OperationsScript(application.endpoint(), name());
		assertThat(script.call("pause").get("state").asString()).isEqualTo("PAUSED");
		application.publish(0, MESSAGES);
		looks(script);
		purgeAndUndo(script);
		assertThat(recorder.calls()).as("calls while it was paused").isEmpty();
		assertThat(script.call("resume").get("pausedBy")).isEmpty();
		Flow.eventually().until(() -> recorder.calls().size() >= MESSAGES);
		Flow.eventually().until(() -> application.report(Recorder.ID).deadLettered() == MESSAGES);
		JsonNode cause = cause(script);
		mended.set(true);
		script.set("CAUSE", cause.get("fingerprint").asString());
		JsonNode redriven = script.operate("redrive");
		assertThat(redriven.get("state").asString()).as("%s", redriven).isEqualTo("DONE");
		assertThat(redriven.get("moved").asInt()).isEqualTo(MESSAGES);
		assertThat(redriven.get("target").asString()).isEqualTo(queue().name());
		Flow.eventually().until(() -> script.receipt(redriven).get("outcome").get("succeeded").asInt() == MESSAGES);
		assertThat(recorder.distinct()).containsExactlyElementsOf(numbers(0, MESSAGES));
		script.again("pause");
		application.publish(0, 3);
		JsonNode moved = script.operate("move");
		assertThat(moved.get("moved").asInt()).as("%s", moved).isEqualTo(3);
		assertThat(RawClient.texts(raw().take(queue("Archive"), 3))).containsExactlyInAnyOrderElementsOf(numbers(0, 3));
		script.assertAllDone();
	}

	private void looks(OperationsScript script) {
		JsonNode queue = script.call("numbers").get("queues").get(0);
		if (support(Capability.DEPTH).available()) {
			Flow.eventually()
				.until(() -> script.again("numbers").get("queues").get(0).get("depth").asInt() == MESSAGES);
		}
		else {
			assertThat(queue.get("depth").isNull()).isTrue();
			assertThat(queue.get("unknown").get("depth").asString()).isNotBlank();
		}
		JsonNode seen = script.call("browse");
		if (support(Capability.BROWSE).available()) {
			assertThat(seen.get("messages")).hasSize(MESSAGES);
			assertThat(seen.get("messages").get(0).get("id").asString()).isNotBlank();
		}
		else {
			assertThat(seen.get("how").asString()).isEqualTo("impossible");
			assertThat(seen.get("why").asString()).isNotBlank();
			assertThat(seen.get("messages").isNull()).isTrue();
		}
	}

	private void purgeAndUndo(OperationsScript script) throws Exception {
		JsonNode plan = script.call("dry run");
		assertThat(plan.get("state").asString()).isEqualTo("DRY_RUN");
		assertThat(plan.get("how").asString()).isEqualTo("emulated");
		if (support(Capability.BROWSE).available()) {
			assertThat(plan.get("matched").asInt()).isEqualTo(MESSAGES);
		}
		JsonNode purged = script.operate("purge");
		assertThat(purged.get("removed").asInt()).as("%s", purged).isEqualTo(MESSAGES);
		JsonNode receipt = script.call("receipt");
		assertThat(receipt.get("state").asString()).isEqualTo("DONE");
		assertThat(receipt.get("undoable").asBoolean()).isTrue();
		assertThat(receipt.get("target").asString()).isEqualTo("TRASH." + queue().name());
		JsonNode undone = script.operate("undo");
		assertThat(undone.get("moved").asInt()).as("%s", undone).isEqualTo(MESSAGES);
		assertThat(raw().drain(Address.queue("TRASH." + queue().name()))).isEmpty();
	}

	private static JsonNode cause(OperationsScript script) {
		JsonNode dead = script.call("causes");
		if (dead.get("looked").asInt() < MESSAGES) {
			// What was just sent may not be visible at once.
			Flow.eventually().until(() -> script.again("causes").get("looked").asInt() == MESSAGES);
			dead = script.again("causes");
		}
		assertThat(dead.get("causes")).hasSize(1);
		JsonNode cause = dead.get("causes").get(0);
		assertThat(cause.get("count").asInt()).isEqualTo(MESSAGES);
		assertThat(cause.get("exception").asString()).isEqualTo(RejectMessageException.class.getName());
		assertThat(cause.get("frames").get(0).asString()).contains("OperationsArea");
		return cause;
	}

}
