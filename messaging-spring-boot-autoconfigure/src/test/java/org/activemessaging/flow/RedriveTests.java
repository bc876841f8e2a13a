package org.activemessaging.flow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.activemessaging.RejectMessageException;
import org.activemessaging.operations.DeadLettersView.CauseView;
import org.activemessaging.operations.MessageInspection;
import org.activemessaging.operations.MessageSelection;
import org.activemessaging.operations.OperationConflictException;
import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.OperationView;
import org.activemessaging.operations.QueueOperations;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Dead letters are sent back while the bug is live, and when it is mended.
 */
class RedriveTests {

	private static final int EACH = 500;

	@Test
	void redriveStopsByItselfWhileTheBugIsLiveAndEndsWhenItIsMended() {
		Set<String> live = ConcurrentHashMap.newKeySet();
		live.addAll(List.of("a", "b"));
		Script script = new Script((message) -> {
			String bug = String.valueOf(message.getPayload()).substring(0, 1);
			if (live.contains(bug)) {
				throw bug.equals("a") ? new RejectMessageException("no a") : new IllegalStateException("no b");
			}
		});
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url(), script)
				.withPropertyValues("messaging.operations.redrive.enabled=true",
						"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0")
				.run((context) -> {
					for (int i = 0; i < EACH; i++) {
						client.sendText(Flow.QUEUE, "a" + i, "b" + i);
					}
					Flow.eventually().until(() -> broker.depth(Flow.DEAD_LETTERS) == 2 * EACH);
					Map<String, String> causes = causes(context);
					assertThat(causes).hasSize(2);
					String causeOfA = causes.get(RejectMessageException.class.getName());
					OperationView stopped = redrive(context, causeOfA);
					assertThat(stopped.state()).isEqualTo(OperationView.State.STOPPED);
					assertThat(stopped.stage().number()).isEqualTo(2);
					assertThat(stopped.moved()).isEqualTo(11);
					assertThat(stopped.stoppedBecause()).contains("failed");
					Flow.eventually().until(() -> outcome(context, stopped).failedTheSame() == 11);
					Flow.eventually().until(() -> broker.depth(Flow.DEAD_LETTERS) == 2 * EACH);
					assertThat(script.completed()).isEmpty();
					live.remove("a");
					OperationView done = redrive(context, causeOfA);
					assertThat(done.state()).as("%s", done).isEqualTo(OperationView.State.DONE);
					assertThat(done.moved()).isEqualTo(EACH);
					Flow.eventually().until(() -> outcome(context, done).succeeded() == EACH);
					assertThat(new TreeSet<>(script.completed())).hasSize(EACH);
					assertThat(script.completed()).hasSize(EACH).allMatch((text) -> text.startsWith("a"));
					assertThat(broker.depth(Flow.DEAD_LETTERS)).isEqualTo(EACH);
					live.remove("b");
					assertThat(redrive(context, null).moved()).isEqualTo(EACH);
					Flow.eventually().until(() -> script.completed().size() == 2 * EACH);
					assertThat(new TreeSet<>(script.completed())).hasSize(2 * EACH);
					assertThat(broker.depth(Flow.DEAD_LETTERS)).isZero();
				});
		}
	}

	@Test
	void whatFailsForAnotherReasonThanBeforeIsToldApart() {
		Set<String> other = ConcurrentHashMap.newKeySet();
		Script script = new Script((message) -> {
			if (other.isEmpty()) {
				throw new RejectMessageException("the first bug");
			}
			throw new IllegalStateException("the second bug");
		});
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url(), script)
				.withPropertyValues("messaging.operations.redrive.enabled=true",
						"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0")
				.run((context) -> {
					client.sendText(Flow.QUEUE, 0, 3);
					Flow.eventually().until(() -> broker.depth(Flow.DEAD_LETTERS) == 3);
					other.add("now");
					OperationView redriven = redrive(context, null);
					Flow.eventually().until(() -> outcome(context, redriven).failedAnew() == 3);
					assertThat(outcome(context, redriven)).isEqualTo(new OperationView.Outcome(0, 0, 3, 0));
				});
		}
	}

	@Test
	void onlyWhatTheQueueHasLostIsSentBack() {
		Script script = Script.thatSucceeds();
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url(), script)
				.withPropertyValues("messaging.operations.redrive.enabled=true",
						"messaging.destination.orders.dead-letter-queue=Shared",
						"messaging.destination.other.queue=Other",
						"messaging.destination.other.dead-letter-queue=Shared")
				.run((context) -> {
					client.send("Shared", "ours", Map.of("am_orig_address", Flow.QUEUE));
					client.send("Shared", "of the other queue", Map.of("am_orig_address", "Other"));
					client.send("Shared", "of nobody knows", Map.of());
					client.send("Shared", "duplicate", Map.of("am_orig_address", Flow.QUEUE, "dlqDeliveryFailureCause",
							"java.lang.Throwable: duplicate from store for queue://Orders"));
					OperationView redriven = redrive(context, null);
					assertThat(redriven.moved()).isOne();
					assertThat(redriven.skipped()).isGreaterThanOrEqualTo(3);
					Flow.eventually().until(() -> script.completed().size() == 1);
					assertThat(script.completed()).containsExactly("ours");
					assertThat(client.drainTexts("Shared")).containsExactlyInAnyOrder("of the other queue",
							"of nobody knows", "duplicate");
				});
		}
	}

	@Test
	void operationIsAloneOnItsQueueAndCanBeCancelled() {
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url())
				.withPropertyValues("messaging.operations.redrive.enabled=true")
				.run((context) -> {
					client.sendText(Flow.DEAD_LETTERS, 0, 200);
					QueueOperations operations = context.getBean(QueueOperations.class);
					OperationRequest slow = request(null, List.of(), 20, 1);
					String id = operations.submit(slow).id();
					Flow.eventually().until(() -> operations.get(id).moved() > 0);
					assertThatExceptionOfType(OperationConflictException.class)
						.isThrownBy(() -> operations.submit(slow))
						.withMessageContaining(id);
					operations.cancel(id, "test");
					Flow.eventually().until(() -> operations.get(id).state() == OperationView.State.CANCELLED);
					assertThat(operations.get(id).moved()).isBetween(1L, 199L);
					assertThat(broker.depth(Flow.QUEUE)).isEqualTo(operations.get(id).moved());
					assertThat(broker.depth(Flow.QUEUE) + broker.depth(Flow.DEAD_LETTERS)).isEqualTo(200);
				});
		}
	}

	private static Map<String, String> causes(ApplicationContext context) {
		return context.getBean(MessageInspection.class)
			.deadLetters("orders", null, 300, null, false)
			.causes()
			.stream()
			.collect(Collectors.toMap(CauseView::exception, CauseView::fingerprint));
	}

	static OperationView redrive(ApplicationContext context, String cause) {
		QueueOperations operations = context.getBean(QueueOperations.class);
		String id = operations
			.submit(new OperationRequest(OperationRequest.Kind.REDRIVE, "orders", null,
					OperationRequest.From.DEAD_LETTERS, null, MessageSelection.ofCause(cause), Integer.MAX_VALUE, false,
					false, new OperationRequest.Redrive(List.of(1, 10, 100), 0, 0.2), "test"))
			.id();
		Flow.eventually().until(() -> operations.get(id).state() != OperationView.State.RUNNING);
		return operations.get(id);
	}

	private static OperationRequest request(String cause, List<Integer> stages, double rate, double ratio) {
		return new OperationRequest(OperationRequest.Kind.REDRIVE, "orders", null, OperationRequest.From.DEAD_LETTERS,
				null, MessageSelection.ofCause(cause), Integer.MAX_VALUE, false, false,
				new OperationRequest.Redrive(stages, rate, ratio), "test");
	}

	private static OperationView.Outcome outcome(ApplicationContext context, OperationView operation) {
		return context.getBean(QueueOperations.class).get(operation.id()).outcome();
	}

}
