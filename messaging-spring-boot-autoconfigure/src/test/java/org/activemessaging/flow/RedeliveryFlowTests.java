package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import org.activemessaging.AbortMessageException;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.listener.ProcessorContainers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a message that fails.
 */
class RedeliveryFlowTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@ParameterizedTest
	@CsvSource({ "2, 2, 9", "0, 2, 3", "2, 0, 3", "0, 0, 1" })
	void failingMessageIsTriedAsOftenAsConfiguredAndThenADeadLetter(int immediate, int delayed, int tries) {
		Script script = Script.thatFails();
		application(script)
			.withPropertyValues("messaging.listener.redelivery.immediate=" + immediate,
					"messaging.listener.redelivery.delayed=" + delayed)
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
				assertThat(script.calls()).hasSize(tries);
				Flow.throughout(Duration.ofMillis(500)).until(() -> script.calls().size() == tries);
				assertThat(this.broker.depth(Flow.QUEUE)).isZero();
				for (int round = 1; round <= delayed; round++) {
					Duration pause = Flow.between(script.calls().get(round * (immediate + 1) - 1),
							script.calls().get(round * (immediate + 1)));
					assertThat(pause).isGreaterThanOrEqualTo(Duration.ofMillis(195));
				}
				assertThat(this.broker.deadLetters()).hasSize(1);
				assertThat(this.client.receive(Flow.DEAD_LETTERS).getIntProperty("am_attempt")).isEqualTo(tries);
			});
	}

	@Test
	void defaultsAreTwoImmediateTriesAndFiveDelayedRounds() {
		Script script = Script.thatFails();
		application(script).withPropertyValues("messaging.listener.redelivery.delay=10ms").run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
			assertThat(script.calls()).hasSize(18);
		});
	}

	@Test
	void deadLetterHasBodyAndHeadersOfTheMessageAndTheCause() {
		Script script = new Script((message) -> {
			throw new IllegalArgumentException("first line\r\nsecond\u0000line");
		});
		application(script)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				long before = System.currentTimeMillis();
				Message sent = this.client.send(Flow.QUEUE, (session) -> {
					TextMessage message = session.createTextMessage("Grüße, 世界");
					message.setJMSType("greeting");
					message.setJMSCorrelationID("c-1");
					message.setJMSReplyTo(session.createQueue("Replies"));
					message.setStringProperty("am_id", "my-own-id");
					message.setStringProperty("city", "Köln");
					message.setIntProperty("number", 42);
					message.setBooleanProperty("flag", true);
					message.setDoubleProperty("ratio", 0.5);
					return message;
				}, DeliveryMode.NON_PERSISTENT, 7, 0);
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(((TextMessage) letter).getText()).isEqualTo("Grüße, 世界");
				assertThat(letter.getJMSType()).isEqualTo("greeting");
				assertThat(letter.getJMSCorrelationID()).isEqualTo("c-1");
				assertThat(letter.getJMSReplyTo()).hasToString("queue://Replies");
				assertThat(letter.getJMSPriority()).isEqualTo(7);
				assertThat(letter.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
				assertThat(letter.getJMSExpiration()).isZero();
				assertThat(letter.getStringProperty("city")).isEqualTo("Köln");
				assertThat(letter.getObjectProperty("number")).isEqualTo(42);
				assertThat(letter.getObjectProperty("flag")).isEqualTo(true);
				assertThat(letter.getObjectProperty("ratio")).isEqualTo(0.5);
				assertThat(letter.getStringProperty("am_id")).isEqualTo("my-own-id");
				assertThat(letter.getObjectProperty("am_attempt")).isEqualTo(4);
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("handler");
				assertThat(letter.getStringProperty("am_exception_class"))
					.isEqualTo(IllegalArgumentException.class.getName());
				assertThat(letter.getStringProperty("am_exception_message")).isEqualTo("first line  second line");
				assertThat(letter.getStringProperty("am_processor")).isEqualTo("script");
				assertThat(letter.getStringProperty("am_orig_destination")).isEqualTo("orders");
				assertThat(letter.getStringProperty("am_orig_address")).isEqualTo(Flow.QUEUE);
				assertThat(letter.propertyExists("am_orig_group")).isFalse();
				assertThat(letter.getStringProperty("am_orig_message_id")).isEqualTo(sent.getJMSMessageID());
				assertThat(letter.getLongProperty("am_orig_timestamp")).isEqualTo(sent.getJMSTimestamp());
				assertThat(letter.getLongProperty("am_first_failure_at")).isBetween(before,
						letter.getLongProperty("am_last_failure_at") - 195);
				assertThat(letter.getStringProperty("am_host")).isNotEmpty();
			});
	}

	@Test
	void deadLetterOfAPlainClientGetsItsMessageIdAsId() {
		application(rejecting()).run((context) -> {
			Message sent = this.client.send(Flow.QUEUE, (session) -> session.createTextMessage("bad"));
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_id"))
				.isEqualTo(sent.getJMSMessageID());
		});
	}

	@Test
	void longExceptionMessageIsCut() {
		Script script = new Script((message) -> {
			throw new RejectMessageException("x".repeat(100_000));
		});
		application(script).run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_exception_message")).hasSize(512);
		});
	}

	@Test
	void deadLetterGoesWhereTheDestinationSays() {
		application(rejecting()).withPropertyValues("messaging.destination.orders.dead-letter-queue=Graveyard")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				assertThat(((TextMessage) this.client.receive("Graveyard")).getText()).isEqualTo("bad");
			});
	}

	@Test
	void deadLetterDoesNotExpire() {
		application(rejecting()).run((context) -> {
			this.client.send(Flow.QUEUE, (session) -> session.createTextMessage("bad"), DeliveryMode.PERSISTENT, 4,
					60_000);
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getJMSExpiration()).isZero();
			assertThat(letter.getLongProperty("am_orig_expiration")).isGreaterThan(System.currentTimeMillis());
		});
	}

	@Test
	void otherMessagesAreProcessedWhileOneWaits() {
		Script script = new Script((message) -> {
			if (message.getPayload().equals("bad")) {
				throw new IllegalStateException("no");
			}
		});
		application(script)
			.withPropertyValues("messaging.listener.redelivery.delay=1500ms", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				this.client.sendText(Flow.QUEUE, 0, 50);
				Flow.eventually().until(() -> script.completed().size() == 50);
				assertThat(script.calls("bad")).hasSize(3);
				assertThat(script.calls()).hasSize(53);
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
				assertThat(script.calls("bad")).hasSize(6);
				assertThat(script.calls()).hasSize(56);
			});
	}

	@Test
	void messageThatSucceedsAtLastIsProcessedOnce() {
		AtomicInteger tries = new AtomicInteger();
		Script script = new Script((message) -> {
			if (tries.incrementAndGet() < 6) {
				throw new IllegalStateException("not yet");
			}
		});
		application(script).run((context) -> {
			this.client.sendText(Flow.QUEUE, "late");
			Flow.eventually().until(() -> script.completed().size() == 1);
			Flow.throughout(Duration.ofMillis(400)).until(() -> script.calls().size() == 6);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@Test
	void abortedMessageIsTriedAfterTheDelayWithoutImmediateTries() {
		Script script = new Script((message) -> {
			throw new AbortMessageException("not now");
		});
		application(script).withPropertyValues("messaging.listener.redelivery.delayed=2").run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(script.calls()).hasSize(3);
			assertThat(Flow.between(script.calls().get(0), script.calls().get(1)))
				.isGreaterThanOrEqualTo(Duration.ofMillis(195));
			assertThat(Flow.between(script.calls().get(1), script.calls().get(2)))
				.isGreaterThanOrEqualTo(Duration.ofMillis(195));
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("aborted");
		});
	}

	@Test
	void rejectedMessageIsADeadLetterAtOnce() {
		Script script = rejecting();
		application(script).run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(script.calls()).hasSize(1);
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("rejected");
			assertThat(letter.getIntProperty("am_attempt")).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "StackOverflowError", "OutOfMemoryError", "AssertionError", "NoClassDefFoundError",
			"JMSException", "MessageFormatException", "Exception", "InterruptedException" })
	void whateverAProcessorThrowsIsAFailureOfItsMessageOnly(String thrown) {
		Script script = new Script((message) -> {
			if (message.getPayload().equals("bad")) {
				throw throwable(thrown);
			}
		});
		application(script)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "before");
				Flow.eventually().until(() -> script.completed().contains("before"));
				// The client's, the listener's, the mover's and the sampler's.
				Flow.eventually().until(() -> this.broker.currentConnections() == 4);
				long connections = this.broker.totalConnections();
				this.client.sendText(Flow.QUEUE, "bad", "after");
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getStringProperty("am_exception_class")).endsWith("." + thrown);
				assertThat(script.calls("bad")).hasSize(4);
				assertThat(script.calls("after")).hasSize(1);
				assertThat(script.completed()).containsExactly("before", "after");
				assertThat(this.broker.totalConnections()).isEqualTo(connections);
				assertThat(this.broker.rollbacks()).isZero();
			});
	}

	private static Throwable throwable(String name) {
		return switch (name) {
			case "StackOverflowError" -> {
				try {
					yield new IllegalStateException(String.valueOf(endless(0)));
				}
				catch (StackOverflowError ex) {
					yield ex;
				}
			}
			case "OutOfMemoryError" -> new OutOfMemoryError("thrown by a processor");
			case "AssertionError" -> new AssertionError("thrown by a processor");
			case "NoClassDefFoundError" -> new NoClassDefFoundError("org/example/Missing");
			case "JMSException" -> new JMSException("thrown by a processor");
			case "MessageFormatException" -> new MessageFormatException("thrown by a processor");
			case "InterruptedException" -> new InterruptedException("thrown by a processor");
			default -> new Exception("thrown by a processor");
		};
	}

	@SuppressWarnings("InfiniteRecursion")
	private static int endless(int depth) {
		return endless(depth + 1) + 1;
	}

	@Test
	void messageOfAVirtualTopicFailsInEachGroupByItself() {
		FailingGroups groups = new FailingGroups();
		Flow.application(this.broker.url())
			.withBean(FailingGroups.class, () -> groups)
			.withPropertyValues("messaging.destination.clicks.virtual-topic=Clicks",
					"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				running(context.getBean(ProcessorContainers.class), 3);
				this.client.sendToTopic("VirtualTopic.Clicks", (session) -> session.createTextMessage("bad"));
				for (String group : List.of("billing", "stats")) {
					Message letter = this.client.receive("DLQ.Consumer." + group + ".VirtualTopic.Clicks");
					assertThat(((TextMessage) letter).getText()).isEqualTo("bad");
					assertThat(letter.getStringProperty("am_orig_group")).isEqualTo(group);
					assertThat(letter.getStringProperty("am_orig_address"))
						.isEqualTo("Consumer." + group + ".VirtualTopic.Clicks");
					assertThat(letter.getStringProperty("am_orig_destination")).isEqualTo("clicks");
				}
				Flow.throughout(Duration.ofMillis(400))
					.until(() -> groups.billing.get() == 2 && groups.stats.get() == 2 && groups.good.get() == 1);
				assertThat(this.broker.deadLetters()).isEmpty();
			});
	}

	// Numbers of another library, or of somebody who wants to do harm.
	@Test
	void attemptsThatAreNoNumberDoNotStopTheQueue() {
		Script script = Script.thatSucceeds();
		application(script).run((context) -> {
			running(context.getBean(ProcessorContainers.class), 1);
			long connections = this.broker.totalConnections();
			for (String attempts : List.of("three", "", "99999999999")) {
				this.client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage("forged");
					message.setStringProperty("am_attempt", attempts);
					return message;
				});
			}
			this.client.sendText(Flow.QUEUE, "after");
			Flow.eventually().until(() -> script.completed().contains("after"));
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			// The sampler may have connected meanwhile.
			assertThat(this.broker.totalConnections()).isLessThanOrEqualTo(connections + 2);
		});
	}

	@Test
	void forgedNumberOfAttemptsGivesNoEndlessTries() {
		Script script = Script.thatFails();
		application(script).withPropertyValues("messaging.listener.redelivery.delay=20ms").run((context) -> {
			List<Integer> numbers = List.of(Integer.MIN_VALUE, -1_000_000, Integer.MAX_VALUE, Integer.MAX_VALUE - 1);
			for (int attempts : numbers) {
				this.client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage("forged " + attempts);
					message.setIntProperty("am_attempt", attempts);
					return message;
				});
			}
			Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == numbers.size());
			for (int attempts : numbers) {
				assertThat(script.calls("forged " + attempts)).hasSizeBetween(1, 18);
			}
		});
	}

	private static void running(ProcessorContainers containers, int count) {
		Flow.eventually()
			.until(() -> containers.reports()
				.stream()
				.filter((report) -> report.state().name().equals("RUNNING"))
				.count() == count);
	}

	private ApplicationContextRunner application(Script script) {
		return Flow.application(this.broker.url(), script);
	}

	private static Script rejecting() {
		return new Script((message) -> {
			throw new RejectMessageException("never");
		});
	}

	@Processor
	static class FailingGroups {

		private final AtomicInteger billing = new AtomicInteger();

		private final AtomicInteger stats = new AtomicInteger();

		private final AtomicInteger good = new AtomicInteger();

		@SubscribesTo(value = "clicks", group = "billing")
		void billing(String click) {
			this.billing.incrementAndGet();
			throw new IllegalStateException("billing cannot");
		}

		@SubscribesTo(value = "clicks", group = "stats")
		void stats(String click) {
			this.stats.incrementAndGet();
			throw new IllegalStateException("stats cannot");
		}

		@SubscribesTo(value = "clicks", group = "good")
		void good(String click) {
			this.good.incrementAndGet();
		}

	}

}
