package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that wait for their next try, on the broker.
 */
class DelayTests {

	private static final String DELAY = "DELAY.voyeur.1s";

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void waitingMessageIsInTheDelayQueueAndComesBackWithItsHistory() {
		AtomicBoolean healthy = new AtomicBoolean();
		Script script = new Script((message) -> {
			if (!healthy.get()) {
				throw new IllegalStateException("not yet");
			}
		});
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.redelivery.delay=1200ms")
			.run((context) -> {
				this.client.send(Flow.QUEUE, (session) -> {
					TextMessage message = session.createTextMessage("order");
					message.setStringProperty("am_id", "own");
					message.setJMSCorrelationID("c-1");
					message.setStringProperty("city", "Köln");
					return message;
				});
				Flow.eventually().until(() -> this.broker.depth(DELAY) == 1);
				assertThat(this.broker.depth(Flow.QUEUE)).isZero();
				healthy.set(true);
				Flow.eventually().until(() -> script.completed().size() == 1);
				assertThat(Flow.between(script.calls().get(2), script.calls().get(3)))
					.isBetween(Duration.ofMillis(1195), Duration.ofMillis(2500));
				assertThat(script.calls().get(3).message().getHeaders()).containsEntry("am_id", "own")
					.containsEntry("am_attempt", 3)
					.containsEntry("city", "Köln")
					.containsEntry("jms_correlationId", "c-1");
				Flow.eventually().until(() -> this.broker.depth(DELAY) == 0 && this.broker.depth(Flow.QUEUE) == 0);
			});
	}

	@Test
	void delayGrowsByTheMultiplier() {
		Script script = Script.thatFails();
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=3",
					"messaging.listener.redelivery.delay=100ms", "messaging.listener.redelivery.multiplier=3",
					"messaging.listener.redelivery.max-delay=700ms")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "order");
				this.client.receive(Flow.DEAD_LETTERS);
				List<Script.Call> calls = script.calls();
				assertThat(Flow.between(calls.get(0), calls.get(1))).isBetween(Duration.ofMillis(95),
						Duration.ofMillis(299));
				assertThat(Flow.between(calls.get(1), calls.get(2))).isBetween(Duration.ofMillis(295),
						Duration.ofMillis(690));
				assertThat(Flow.between(calls.get(2), calls.get(3))).isBetween(Duration.ofMillis(695),
						Duration.ofMillis(1800));
			});
	}

	@Test
	void twoInstancesShareTheDelayQueues() {
		int messages = 200;
		AtomicBoolean healthy = new AtomicBoolean();
		List<String> completed = new CopyOnWriteArrayList<>();
		Script.Step step = (message) -> {
			if (!healthy.get()) {
				throw new IllegalStateException("not yet");
			}
			completed.add((String) message.getPayload());
		};
		Script first = new Script(step);
		Script second = new Script(step);
		String[] properties = { "messaging.listener.redelivery.immediate=0",
				"messaging.listener.redelivery.delay=1500ms" };
		Flow.application(this.broker.url(), first).withPropertyValues(properties).run((one) -> {
			Flow.application(this.broker.url(), second).withPropertyValues(properties).run((two) -> {
				this.client.sendText(Flow.QUEUE, 0, messages);
				Flow.eventually().until(() -> this.broker.depth(DELAY) == messages);
				healthy.set(true);
			});
			// The second instance has ended; what it held, the first one gets.
			Flow.eventually().until(() -> completed.size() >= messages);
			Flow.eventually().until(() -> this.broker.depth(DELAY) == 0 && this.broker.depth(Flow.QUEUE) == 0);
			assertThat(completed)
				.containsExactlyInAnyOrderElementsOf(IntStream.range(0, messages).mapToObj(String::valueOf).toList());
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@Test
	void endOfTheApplicationLeavesWaitingMessagesWhereTheyAre() {
		Script script = Script.thatFails();
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.redelivery.delay=10s")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, 0, 10);
				Flow.eventually().until(() -> this.broker.depth("DELAY.voyeur.4s") == 10);
			});
		assertThat(this.broker.depth("DELAY.voyeur.4s")).isEqualTo(10);
		assertThat(this.broker.depth(Flow.QUEUE)).isZero();
	}

	@Test
	void forgedDestinationDoesNotReachAnyQueue() {
		Flow.application(this.broker.url(), Script.thatSucceeds()).run((context) -> {
			for (String destination : List.of("Secrets", "orders?consumer.prefetchSize=1", "../orders", "",
					"orders,Secrets")) {
				this.client.send(DELAY, (session) -> {
					Message message = session.createTextMessage("forged");
					message.setStringProperty("am_orig_destination", destination);
					message.setStringProperty("am_orig_address", "Secrets");
					message.setLongProperty("am_due_at", 1);
					return message;
				});
				Message letter = this.client.receive("DLQ." + DELAY);
				assertThat(((TextMessage) letter).getText()).isEqualTo("forged");
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("undeliverable");
			}
			assertThat(this.broker.depth("Secrets")).isZero();
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void forgedGroupDoesNotReachAnyQueue() {
		List<String> groups = List.of("x,Secrets,y", "unknown", "x.VirtualTopic.Other,queue://Secrets,y", "x?y=z", "",
				">");
		Flow.application(this.broker.url(), Script.thatSucceeds())
			.withPropertyValues("messaging.destination.clicks.virtual-topic=Clicks",
					"messaging.destination.clicks.groups=voyeur")
			.run((context) -> {
				for (String group : groups) {
					this.client.send(DELAY, (session) -> {
						Message message = session.createTextMessage("forged");
						message.setStringProperty("am_orig_destination", "clicks");
						message.setStringProperty("am_orig_group", group);
						message.setLongProperty("am_due_at", 1);
						return message;
					});
				}
				Flow.eventually().until(() -> this.broker.depth("DLQ." + DELAY) == groups.size());
				assertThat(this.broker.depth("Secrets")).isZero();
				assertThat(this.broker.queues()).noneMatch((queue) -> queue.startsWith("Consumer."));
			});
	}

	@Test
	void forgedDueTimeDoesNotStopTheOthers() {
		Script script = Script.thatSucceeds();
		Flow.application(this.broker.url(), script).run((context) -> {
			for (String dueAt : List.of("tomorrow", "", "1e3")) {
				this.client.send(DELAY, (session) -> {
					Message message = session.createTextMessage("forged");
					message.setStringProperty("am_orig_destination", "orders");
					message.setStringProperty("am_due_at", dueAt);
					return message;
				});
			}
			this.client.send(DELAY, (session) -> {
				Message message = session.createTextMessage("good");
				message.setStringProperty("am_orig_destination", "orders");
				message.setLongProperty("am_due_at", 1);
				return message;
			});
			Flow.eventually().until(() -> script.completed().contains("good"));
		});
	}

	@Test
	void messageWithoutHistoryInADelayQueueDoesNotStopTheOthers() {
		Script script = Script.thatSucceeds();
		Flow.application(this.broker.url(), script).run((context) -> {
			this.client.sendText(DELAY, "stranger");
			this.client.send(DELAY, (session) -> {
				Message message = session.createTextMessage("good");
				message.setStringProperty("am_orig_destination", "orders");
				message.setLongProperty("am_due_at", 1);
				return message;
			});
			Flow.eventually().until(() -> script.completed().contains("good"));
			assertThat(((TextMessage) this.client.receive("DLQ." + DELAY)).getText()).isEqualTo("stranger");
		});
	}

}
