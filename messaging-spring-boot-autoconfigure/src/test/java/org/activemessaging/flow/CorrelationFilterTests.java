package org.activemessaging.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The correlation id goes with everything that follows from one thing.
 */
class CorrelationFilterTests {

	private static final String KEY = "correlationId";

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		MDC.remove(KEY);
		this.client.close();
		this.broker.close();
	}

	@Test
	void idOfAMessageIsInTheLogAndInWhatItsProcessorPublishes() {
		Forwarding forwarding = new Forwarding();
		application(forwarding).run((context) -> {
			this.client.send(Flow.QUEUE, "order", Map.of(MessagingHeaders.CORRELATION_ID, "basket-7"));
			assertThat(correlationId(this.client.receive("Invoices"))).isEqualTo("basket-7");
			assertThat(forwarding.logged).containsExactly("basket-7");
		});
	}

	@Test
	void messageOfSomebodyElseHasTheCorrelationIdOfJakartaMessaging() {
		application(new Forwarding()).run((context) -> {
			this.client.send(Flow.QUEUE, (session) -> {
				Message message = session.createTextMessage("order");
				message.setJMSCorrelationID("call-8");
				return message;
			});
			assertThat(correlationId(this.client.receive("Invoices"))).isEqualTo("call-8");
		});
	}

	@Test
	void messageWithoutOneHasTheSameInEachOfItsTries() {
		Forwarding forwarding = new Forwarding();
		forwarding.failures = 2;
		application(forwarding).run((context) -> {
			this.client.send(Flow.QUEUE, "order", Map.of(MessagingHeaders.ID, "0197-of-the-message"));
			assertThat(correlationId(this.client.receive("Invoices"))).isEqualTo("0197-of-the-message");
			assertThat(forwarding.logged).hasSize(3).containsOnly("0197-of-the-message");
		});
	}

	@Test
	void idThatIsNotSafeInALogIsReplaced() {
		List<String> unsafe = List.of("two words", "line\nbreak", "Köln", "", "x".repeat(129));
		Forwarding forwarding = new Forwarding();
		application(forwarding).run((context) -> {
			for (String id : unsafe) {
				this.client.send(Flow.QUEUE, "order",
						Map.of(MessagingHeaders.CORRELATION_ID, id, MessagingHeaders.ID, "id-9"));
				assertThat(correlationId(this.client.receive("Invoices"))).as(id).isEqualTo("id-9");
			}
			assertThat(forwarding.logged).hasSize(unsafe.size()).containsOnly("id-9");
		});
	}

	@Test
	void outsideOfAProcessorTheIdIsThatOfTheLogOrANewOne() {
		application(null).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "a");
			publisher.publish("orders", "b");
			publisher.to("orders").header(MessagingHeaders.CORRELATION_ID, "of-the-caller").publish("c");
			MDC.put(KEY, "of-the-request");
			publisher.publish("orders", "d");
			assertThat(MDC.get(KEY)).isEqualTo("of-the-request");
			List<String> ids = new ArrayList<>();
			for (Message message : this.client.drain(Flow.QUEUE)) {
				ids.add(correlationId(message));
			}
			assertThat(ids).hasSize(4).doesNotHaveDuplicates().endsWith("of-the-caller", "of-the-request");
		});
	}

	@Test
	void whatAWindowPublishesHasAnIdOfItsOwn() {
		Windows windows = new Windows();
		this.client.sendText(Flow.QUEUE, 0, 50);
		Flow.application(this.broker.url())
			.withBean(Windows.class, () -> windows)
			.withPropertyValues("messaging.filter.correlation.enabled=true",
					"messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				Flow.eventually().until(() -> windows.sizes.stream().mapToInt(Integer::intValue).sum() >= 50);
				Flow.eventually().until(() -> this.broker.depth("Invoices") == windows.sizes.size());
				assertThat(windows.sizes).anyMatch((size) -> size > 2);
				Set<String> ids = new HashSet<>();
				for (Message message : this.client.drain("Invoices")) {
					ids.add(correlationId(message));
				}
				assertThat(ids).containsExactlyInAnyOrderElementsOf(windows.logged);
				// Not the id of one of its messages, which come from a plain client.
				for (int i = 0; i < windows.sizes.size(); i++) {
					assertThat(windows.logged.get(i).startsWith("ID:")).isEqualTo(windows.sizes.get(i) == 1);
				}
			});
	}

	@Test
	void filterIsRestrictedAsAnyOther() {
		application(null).withPropertyValues("messaging.filter.bean.messaging-correlation-filter.only=invoices")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "order");
				assertThat(correlationId(this.client.receive(Flow.QUEUE))).isNull();
			});
	}

	@Test
	void withoutAKeyTheStartFails() {
		application(null).withPropertyValues("messaging.filter.correlation.mdc-key= ")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'messaging.filter.correlation.mdc-key'"));
	}

	@Test
	void withoutTheFilterNothingIsAdded() {
		Flow.application(this.broker.url()).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", "order");
			assertThat(correlationId(this.client.receive(Flow.QUEUE))).isNull();
		});
	}

	private ApplicationContextRunner application(Forwarding forwarding) {
		ApplicationContextRunner runner = Flow.application(this.broker.url())
			.withPropertyValues("messaging.filter.correlation.enabled=true",
					"messaging.destination.invoices.queue=Invoices");
		return (forwarding != null) ? runner.withBean(Forwarding.class, () -> forwarding) : runner;
	}

	private static String correlationId(Message message) throws JMSException {
		return message.getStringProperty(MessagingHeaders.CORRELATION_ID);
	}

	@Processor
	static class Forwarding {

		private final List<String> logged = new CopyOnWriteArrayList<>();

		private volatile int failures;

		@SubscribesTo("orders")
		@PublishesTo("invoices")
		String onOrder(String order) {
			this.logged.add(MDC.get(KEY));
			if (this.failures-- > 0) {
				throw new IllegalStateException("not yet");
			}
			return "invoice";
		}

	}

	@Processor
	static class Windows {

		private final List<String> logged = new CopyOnWriteArrayList<>();

		private final List<Integer> sizes = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		@PublishesTo("invoices")
		String onOrders(List<String> orders) {
			this.logged.add(MDC.get(KEY));
			this.sizes.add(orders.size());
			return "invoice " + this.sizes.size();
		}

	}

}
