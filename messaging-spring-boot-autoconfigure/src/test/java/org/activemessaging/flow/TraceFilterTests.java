package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.activemessaging.filter.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A destination is told what passes, and nothing else changes.
 */
class TraceFilterTests {

	private static final String TRACES = "Traces";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Script script = new Script((message) -> {
		if (message.getPayload().equals("bad")) {
			throw new IllegalStateException("secret");
		}
	});

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void whatIsSentAndReceivedIsToldWithoutItsPayload() {
		application().withBean("script", Script.class, () -> this.script).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", "good");
			Message first = this.client.receive(TRACES);
			List<JsonNode> traces = List.of(trace(first), trace(this.client.receive(TRACES)));
			// The processor may be done before the publish has returned.
			JsonNode sent = event(traces, "sent");
			assertThat(sent.propertyNames()).containsExactlyInAnyOrder("event", "at", "application", "destination",
					"id", "size", "micros");
			assertThat(sent.get("application").asString()).isEqualTo("voyeur");
			assertThat(sent.get("destination").asString()).isEqualTo("orders");
			assertThat(sent.get("size").asInt()).isEqualTo(4);
			JsonNode received = event(traces, "received");
			assertThat(received.get("processor").asString()).isEqualTo("script");
			assertThat(received.get("id")).isEqualTo(sent.get("id"));
			assertThat(first.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
			assertThat(first.getJMSExpiration() - first.getJMSTimestamp()).isEqualTo(10_000);
		});
	}

	@Test
	void failureIsToldByItsClassAlone() {
		application().withBean("script", Script.class, () -> this.script)
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0",
					"messaging.filter.trace.payload-length=2")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				Message message = this.client.receive(TRACES);
				assertThat(((TextMessage) message).getText()).doesNotContain("secret");
				assertThat(trace(message).get("failure").asString()).isEqualTo(IllegalStateException.class.getName());
				assertThat(trace(message).get("payload").asString()).isEqualTo("ba");
			});
	}

	@Test
	void whatFollowsFromATraceIsNotTraced() {
		Watching watching = new Watching();
		application().withBean(Watching.class, () -> watching)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices",
					"messaging.destination.watched.queue=" + TRACES)
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "order");
				Flow.eventually().until(() -> watching.invoices.size() == 1);
				assertThat(watching.invoices.get(0).getHeaders()).containsEntry(MessagingHeaders.UNTRACED, true);
				context.getBean(MessagePublisher.class).publish("orders", "order");
				Flow.eventually().until(() -> watching.invoices.size() == 2);
				Flow.throughout(Duration.ofMillis(500)).until(() -> watching.invoices.size() == 2);
				assertThat(watching.traces).hasSize(2);
			});
	}

	@Test
	void tracesAreDroppedAndCountedWhileTheirBrokerIsAwayAndMessagesGoOn() {
		application().withBean("script", Script.class, () -> this.script)
			.withPropertyValues("messaging.broker.away.adapter=activemq", "messaging.broker.away.url=tcp://localhost:1",
					"messaging.default-broker=default", "messaging.broker.away.publisher.timeout=100ms",
					"messaging.destination.traces.broker=away", "messaging.filter.trace.capacity=5")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 30; i++) {
					publisher.publish("orders", "good");
				}
				Flow.eventually().until(() -> this.script.completed().size() == 30);
				Flow.eventually().until(() -> context.getBean(Traces.class).dropped() == 60);
				assertThat(this.broker.deadLetters()).isEmpty();
			});
	}

	@Test
	void unknownDestinationStopsTheStart() {
		application().withPropertyValues("messaging.filter.trace.destination=trace")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'messaging.filter.trace.destination'")
				.hasMessageContaining("Did you mean 'traces'"));
	}

	@Test
	void bufferWithoutRoomStopsTheStart() {
		application().withPropertyValues("messaging.filter.trace.capacity=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'messaging.filter.trace.capacity' is 0"));
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.traces.queue=" + TRACES,
					"messaging.filter.trace.destination=traces");
	}

	private static JsonNode event(List<JsonNode> traces, String event) {
		return traces.stream().filter((trace) -> trace.get("event").asString().equals(event)).findFirst().orElseThrow();
	}

	private JsonNode trace(Message message) throws Exception {
		return this.mapper.readTree(((TextMessage) message).getText());
	}

	@Processor
	static class Watching {

		private final List<String> traces = new CopyOnWriteArrayList<>();

		private final List<org.springframework.messaging.Message<String>> invoices = new CopyOnWriteArrayList<>();

		@SubscribesTo("watched")
		@PublishesTo("invoices")
		String onTrace(String trace) {
			this.traces.add(trace);
			return trace;
		}

		@SubscribesTo("invoices")
		void onInvoice(org.springframework.messaging.Message<String> invoice) {
			this.invoices.add(invoice);
		}

	}

}
