package org.activemessaging.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.flow.ChildJvm;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A processor consumes from this broker and publishes to one of another kind.
 */
abstract class TwoBrokersArea extends Area {

	private static final int MESSAGES = 12;

	@TempDir
	private Path directory;

	@Test
	void everyMessageCrosses() throws Exception {
		Address target = Address.queue(name() + "Out");
		AtomicReference<Application> application = new AtomicReference<>();
		Recorder bridge = bridge(application);
		application.set(start(bridging(application(bridge), target)));
		application.get().publish(0, MESSAGES);
		Flow.eventually().until(() -> bridge.completed().size() == MESSAGES);
		try (RawClient client = neighbourClient()) {
			assertThat(RawClient.texts(client.take(target, MESSAGES)))
				.containsExactlyInAnyOrderElementsOf(numbers(0, MESSAGES));
			assertThat(client.drain(target)).isEmpty();
		}
	}

	// The worst moment: the other broker has the copy, this one knows nothing of it.
	@Test
	@Requires(traits = Requires.Trait.OUTLIVES_APPLICATIONS)
	void deathInBetweenLeavesACopyWithTheSameId() throws Exception {
		Address target = Address.queue(name() + "Out");
		start(application()).publish("text");
		Process dying = bridging(application(), target).with(LedgerProcessor.WORK, "1h").launch(this.directory);
		closing(() -> ChildJvm.kill(dying));
		try (RawClient client = neighbourClient()) {
			Message copy = take(client, target);
			assertThat(LedgerProcessor.lines(this.directory)).isEmpty();
			ChildJvm.kill(dying);
			AtomicReference<Application> living = new AtomicReference<>();
			living.set(start(bridging(application(bridge(living)), target)));
			Message again = take(client, target);
			assertThat(again.getStringProperty("am_id")).isNotBlank().isEqualTo(copy.getStringProperty("am_id"));
			assertThat(RawClient.texts(List.of(copy, again))).containsOnly("text");
			assertThat(client.drain(target)).isEmpty();
		}
		assertThat(raw().drain(queue())).isEmpty();
	}

	// A JVM takes its time to start.
	private static Message take(RawClient client, Address target) {
		return Flow.eventually()
			.atMost(Duration.ofSeconds(60))
			.until(() -> client.drain(target), (it) -> it.size() == 1)
			.get(0);
	}

	private Application.Builder bridging(Application.Builder builder, Address target) {
		return builder.broker("other", run().neighbour(), run().neighbour().url(), run().neighbour().properties())
			.with("messaging.destination.out.queue", target.name())
			.with("messaging.destination.out.broker", "other");
	}

	private RawClient neighbourClient() throws Exception {
		return new RawClient(run().neighbour().adapter(),
				ContractRun.profile(run().neighbour(), run().neighbour().url()));
	}

	private static Recorder bridge(AtomicReference<Application> application) {
		return new Recorder(
				(message) -> application.get().publisher().publish("out", String.valueOf(message.getPayload())));
	}

}
