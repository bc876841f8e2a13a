package org.activemessaging.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.RejectMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A publish while a message is processed takes effect with that message or not at all.
 */
class PublishInProcessorTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final AtomicReference<MessagePublisher> publisher = new AtomicReference<>();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void outputOfFailedTriesNeverAppears() {
		AtomicInteger tries = new AtomicInteger();
		Script script = new Script((message) -> {
			int number = tries.incrementAndGet();
			this.publisher.get().publish("invoices", "try " + number);
			if (number < 5) {
				throw new IllegalStateException("failed after publishing");
			}
		});
		application(script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.sendText(Flow.QUEUE, "order");
			Flow.eventually().until(() -> script.completed().size() == 1);
			assertThat(this.client.drainTexts("Invoices")).containsExactly("try 5");
		});
	}

	@Test
	void deadLetterLeavesNoOutput() {
		Script script = new Script((message) -> {
			this.publisher.get().publish("invoices", "output");
			throw new IllegalStateException("failed after publishing");
		});
		application(script).withPropertyValues("messaging.listener.redelivery.delayed=1").run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.sendText(Flow.QUEUE, "order");
			this.client.receive(Flow.DEAD_LETTERS);
			assertThat(script.calls()).hasSize(6);
			assertThat(this.client.receive("Invoices", Duration.ofMillis(500))).isNull();
		});
	}

	@Test
	void outputIsInvisibleUntilTheProcessorHasReturned() {
		CountDownLatch published = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		Script script = new Script((message) -> {
			this.publisher.get().publish("invoices", "output");
			published.countDown();
			proceed.await(10, TimeUnit.SECONDS);
		});
		application(script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.sendText(Flow.QUEUE, "order");
			assertThat(published.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(this.client.receive("Invoices", Duration.ofMillis(400))).isNull();
			proceed.countDown();
			assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("output");
		});
	}

	@Test
	void outputOfAFailedMessageIsNotSentByTheOneThatFollowsInItsWindow() {
		Script script = new Script((message) -> {
			this.publisher.get().publish("invoices", message.getPayload());
			if (Integer.parseInt((String) message.getPayload()) % 3 == 0) {
				throw new RejectMessageException("every third");
			}
		});
		application(script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.sendText(Flow.QUEUE, 0, 30);
			Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 10);
			Flow.eventually().until(() -> this.broker.depth("Invoices") == 20);
			assertThat(this.client.drainTexts("Invoices")).hasSize(20)
				.doesNotHaveDuplicates()
				.allMatch((text) -> Integer.parseInt(text) % 3 != 0);
		});
	}

	@Test
	void outputThatWouldLeaveTheTransactionIsRefused() {
		AtomicReference<Throwable> refusal = new AtomicReference<>();
		Script script = new Script((message) -> {
			try {
				this.publisher.get().to("orders").header("AMQ_SCHEDULED_DELAY", 1000L).publish("later");
			}
			catch (PublishException ex) {
				refusal.set(ex);
			}
		});
		Flow.application(this.broker.url(), script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "order");
			}
			Flow.eventually().until(() -> refusal.get() != null);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(refusal.get()).hasMessageContaining("'AMQ_SCHEDULED_DELAY'").hasMessageContaining("may be lost");
		});
	}

	@Test
	void outputToAnotherBrokerIsSentAtOnce() {
		try (TestBroker other = TestBroker.start(); PlainClient otherClient = other.client()) {
			CountDownLatch proceed = new CountDownLatch(1);
			Script script = new Script((message) -> {
				this.publisher.get().publish("elsewhere", "output");
				proceed.await(10, TimeUnit.SECONDS);
			});
			application(script)
				.withPropertyValues("messaging.broker.jobs.adapter=activemq",
						"messaging.broker.jobs.url=" + other.url(), "messaging.destination.elsewhere.queue=Elsewhere",
						"messaging.destination.elsewhere.broker=jobs")
				.run((context) -> {
					this.publisher.set(context.getBean(MessagePublisher.class));
					this.client.sendText(Flow.QUEUE, "order");
					assertThat(((TextMessage) otherClient.receive("Elsewhere")).getText()).isEqualTo("output");
					assertThat(script.running()).isOne();
					proceed.countDown();
				});
		}
	}

	@Test
	void outputToAnotherBrokerHasTheSameIdsInEachTry() throws Exception {
		try (TestBroker other = TestBroker.start(); PlainClient otherClient = other.client()) {
			AtomicInteger tries = new AtomicInteger();
			Script script = new Script((message) -> {
				this.publisher.get().publish("elsewhere", "one");
				this.publisher.get().publish("elsewhere", "two");
				this.publisher.get().publish("elsewhere", "two");
				if (tries.incrementAndGet() == 1) {
					throw new IllegalStateException("failed after publishing");
				}
			});
			application(script)
				.withPropertyValues("messaging.broker.jobs.adapter=activemq",
						"messaging.broker.jobs.url=" + other.url(), "messaging.destination.elsewhere.queue=Elsewhere",
						"messaging.destination.elsewhere.broker=jobs")
				.run((context) -> {
					this.publisher.set(context.getBean(MessagePublisher.class));
					this.client.sendText(Flow.QUEUE, "first", "second");
					Flow.eventually().until(() -> script.completed().size() == 2);
				});
			List<String> ids = new ArrayList<>();
			for (Message message : otherClient.drain("Elsewhere")) {
				ids.add(((TextMessage) message).getText() + " " + message.getStringProperty("am_id"));
			}
			assertThat(tries).hasValue(3);
			assertThat(ids).hasSize(9);
			assertThat(new TreeSet<>(ids)).hasSize(6);
			assertThat(ids.subList(0, 3)).isEqualTo(ids.subList(3, 6));
		}
	}

	@Test
	void outputOfAnotherThreadIsSentAtOnce() {
		CountDownLatch proceed = new CountDownLatch(1);
		Script script = new Script((message) -> {
			Thread thread = new Thread(() -> this.publisher.get().publish("invoices", "output"));
			thread.start();
			thread.join(5000);
			proceed.await(10, TimeUnit.SECONDS);
		});
		application(script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.sendText(Flow.QUEUE, "order");
			assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("output");
			assertThat(script.running()).isOne();
			proceed.countDown();
		});
	}

	@Test
	void outputToTheGroupsOfAVirtualTopicIsKept() {
		Script script = new Script((message) -> this.publisher.get().publish("clicks", "click"));
		application(script)
			.withPropertyValues("messaging.destination.clicks.virtual-topic=Clicks",
					"messaging.destination.clicks.groups=billing,stats")
			.run((context) -> {
				this.publisher.set(context.getBean(MessagePublisher.class));
				this.client.sendText(Flow.QUEUE, "order");
				for (String group : List.of("billing", "stats")) {
					Message output = this.client.receive("Consumer." + group + ".VirtualTopic.Clicks");
					assertThat(((TextMessage) output).getText()).isEqualTo("click");
				}
			});
	}

	@Test
	void inboundHeadersMayBeUsedForAnotherMessage() {
		Script script = new Script(
				(message) -> this.publisher.get().publish("invoices", new Invoice(7), message.getHeaders()));
		application(script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.send(Flow.QUEUE, (session) -> {
				Message message = session.createTextMessage("order");
				message.setJMSType("order");
				message.setJMSCorrelationID("c-1");
				message.setStringProperty("am_id", "first");
				message.setIntProperty("am_attempt", 1);
				message.setStringProperty("am_orig_destination", "orders");
				message.setStringProperty("customer", "K1");
				message.setIntProperty("number", 3);
				return message;
			});
			Message output = this.client.receive("Invoices");
			assertThat(((TextMessage) output).getText()).isEqualTo("{\"number\":7}");
			assertThat(output.getStringProperty("customer")).isEqualTo("K1");
			assertThat(output.getObjectProperty("number")).isEqualTo(3);
			assertThat(output.getStringProperty("am_id")).isNotEqualTo("first");
			assertThat(output.propertyExists("am_attempt")).isFalse();
			assertThat(output.propertyExists("am_orig_destination")).isFalse();
			assertThat(output.getJMSType()).isNull();
			assertThat(Collections.list((Enumeration<?>) output.getPropertyNames()))
				.noneMatch((name) -> name.toString().startsWith("jms_"));
		});
	}

	@Test
	void outputIsLabelledAsWhatItIsAndNotAsTheInput() {
		Script script = new Script(
				(message) -> this.publisher.get().publish("invoices", new Invoice(7), message.getHeaders()));
		application(script).run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.send(Flow.QUEUE, (session) -> {
				Message message = session.createTextMessage("a;b");
				message.setStringProperty("content_type", "text/csv");
				return message;
			});
			Message output = this.client.receive("Invoices");
			assertThat(((TextMessage) output).getText()).isEqualTo("{\"number\":7}");
			assertThat(output.getStringProperty("content_type")).isEqualTo("application/json");
		});
	}

	@Test
	void refusedOutputIsAFailureOfTheMessage() {
		Script script = new Script(
				(message) -> this.publisher.get().publish("invoices", "output", Map.of("no identifier", "x")));
		application(script).withPropertyValues("messaging.listener.redelivery.delayed=0").run((context) -> {
			this.publisher.set(context.getBean(MessagePublisher.class));
			this.client.sendText(Flow.QUEUE, "order");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("am_exception_message")).contains("no identifier");
		});
	}

	private ApplicationContextRunner application(Script script) {
		return Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices");
	}

	record Invoice(int number) {
	}

}
