package org.activemessaging.flow;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.spy;

/**
 * CloudEvents in both modes, published and processed as such or as their data.
 */
class CloudEventFlowTests {

	private static final CloudEvent EVENT = CloudEventBuilder.v1()
		.withId("e-1")
		.withSource(URI.create("/shop/orders"))
		.withType("com.example.order.placed")
		.withSubject("7")
		.withTime(OffsetDateTime.parse("2026-11-28T15:04:05Z"))
		.withExtension("tenant", "acme")
		.withExtension("retry", false)
		.withExtension("priority", 3)
		.withData("application/json", "{\"number\":7}".getBytes(StandardCharsets.UTF_8))
		.build();

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Events events = new Events();

	private final Orders orders = new Orders();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void binaryEventHasItsAttributesInHeadersAndItsDataInThePayload() {
		Flow.application(this.broker.url()).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", EVENT);
			Message message = this.client.receive(Flow.QUEUE);
			assertThat(((TextMessage) message).getText()).isEqualTo("{\"number\":7}");
			assertThat(message.getStringProperty("cloudEvents_specversion")).isEqualTo("1.0");
			assertThat(message.getStringProperty("cloudEvents_id")).isEqualTo("e-1");
			assertThat(message.getStringProperty("cloudEvents_source")).isEqualTo("/shop/orders");
			assertThat(message.getStringProperty("cloudEvents_type")).isEqualTo("com.example.order.placed");
			assertThat(message.getStringProperty("cloudEvents_time")).isEqualTo("2026-11-28T15:04:05Z");
			assertThat(message.getObjectProperty("cloudEvents_retry")).isEqualTo(false);
			assertThat(message.getObjectProperty("cloudEvents_priority")).isEqualTo(3);
			assertThat(message.getStringProperty("content_type")).isEqualTo("application/json");
			assertThat(message.propertyExists("cloudEvents_datacontenttype")).isFalse();
		});
	}

	@Test
	void structuredEventIsOneJson() {
		application("structured").run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", EVENT);
			Message message = this.client.receive(Flow.QUEUE);
			assertThat(message.getStringProperty("content_type"))
				.isEqualTo("application/cloudevents+json; charset=UTF-8");
			assertThat(message.propertyExists("cloudEvents_id")).isFalse();
			JsonNode json = JsonMapper.builder().build().readTree(((TextMessage) message).getText());
			assertThat(json).isEqualTo(JsonMapper.builder().build().readTree("""
					{"specversion": "1.0", "id": "e-1", "source": "/shop/orders", "type": "com.example.order.placed",
					"subject": "7", "time": "2026-11-28T15:04:05Z", "tenant": "acme", "retry": false, "priority": 3,
					"datacontenttype": "application/json", "data": {"number": 7}}"""));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "binary", "structured" })
	void eventIsProcessedAsWhatItWasPublishedAs(String mode) {
		application(mode).withBean(Events.class, () -> this.events).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", EVENT);
			Flow.eventually().until(() -> this.events.seen.size() == 1);
			CloudEvent event = this.events.seen.get(0);
			for (String name : EVENT.getAttributeNames()) {
				assertThat(event.getAttribute(name)).as(name).isEqualTo(EVENT.getAttribute(name));
			}
			assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("tenant", "retry", "priority");
			assertThat(event.getExtension("retry")).isEqualTo(false);
			assertThat(new String(event.getData().toBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"number\":7}");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "binary", "structured" })
	void dataIsProcessedWithoutTheEvent(String mode) {
		application(mode).withBean(Orders.class, () -> this.orders).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", EVENT);
			Flow.eventually().until(() -> this.orders.seen.equals(List.of(new Order(7))));
		});
	}

	@Test
	void eventsComeWithTheirHeadersAndInWholeWindows() {
		Windows windows = new Windows();
		Flow.application(this.broker.url())
			.withBean(Windows.class, () -> windows)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publishAll("orders", List.of(EVENT, EVENT, EVENT));
				publisher.publish("invoices", EVENT);
				Flow.eventually().until(() -> windows.ids.size() == 4);
				assertThat(windows.ids).containsOnly("e-1");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "binary", "structured" })
	void bytesAndEventsWithoutDataArriveAsTheyAre(String mode) {
		application(mode).withBean(Events.class, () -> this.events).run((context) -> {
			byte[] bytes = { 0, -1, 2 };
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", CloudEventBuilder.v1(EVENT).withData("image/png", bytes).build());
			publisher.publish("orders",
					CloudEventBuilder.v1(EVENT).withoutData().withoutDataContentType().withId("e-2").build());
			publisher.publish("orders",
					CloudEventBuilder.v1(EVENT).withData("text/xml", "<ä/>".getBytes(StandardCharsets.UTF_8)).build());
			Flow.eventually().until(() -> this.events.seen.size() == 3);
			assertThat(this.events.seen.get(0).getData().toBytes()).isEqualTo(bytes);
			assertThat(this.events.seen.get(0).getDataContentType()).isEqualTo("image/png");
			assertThat(this.events.seen.get(1).getData()).isNull();
			assertThat(this.events.seen.get(2).getData().toBytes()).asString(StandardCharsets.UTF_8).isEqualTo("<ä/>");
		});
	}

	@Test
	void structuredEventOfAnotherClientMayBeBytes() {
		Flow.application(this.broker.url()).withBean(Events.class, () -> this.events).run((context) -> {
			this.client.send(Flow.QUEUE, (session) -> {
				BytesMessage message = session.createBytesMessage();
				message.writeBytes("""
						{"specversion": "1.0", "id": "ü", "source": "urn:ruby", "type": "t", "data_base64": "AAE="}"""
					.getBytes(StandardCharsets.UTF_8));
				message.setStringProperty("content_type", "application/cloudevents+json");
				return message;
			});
			Flow.eventually().until(() -> this.events.seen.size() == 1);
			assertThat(this.events.seen.get(0).getId()).isEqualTo("ü");
			assertThat(this.events.seen.get(0).getData().toBytes()).containsExactly(0, 1);
		});
	}

	@Test
	void whatIsNoEventIsADeadLetterThatNamesWhy() {
		List<String[]> cases = """
				{"specversion": "1.0", "source": "/s", "type": "t"} | no attribute 'id'
				{"specversion": "1.0", "id": "1", "type": "t"} | no attribute 'source'
				{"specversion": "1.0", "id": "1", "source": "/s", "type": ""} | no attribute 'type'
				{"id": "1", "source": "/s", "type": "t"} | no attribute 'specversion'
				{"specversion": "0.3", "id": "1", "source": "/s", "type": "t"} | 'specversion'
				{"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "time": "now"} | 'time'
				{"specversion": "1.0", "id": "1", "source": ":", "type": "t"} | 'source'
				{"specversion": "1.0", "id": 1, "source": "/s", "type": "t"} | 'id'
				{"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "Upper": "x"} | 'Upper'
				{"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "big": 12345678901} | 'big'
				{"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "object": {}} | 'object'
				{"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data": 1, "data_base64": "AA=="} | both
				{"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data_base64": "*"} | 'data_base64'
				[] | is an object
				{ | not valid JSON
				""".lines().map((line) -> line.split(" \\| ")).toList();
		Flow.application(this.broker.url()).withBean(Events.class, () -> this.events).run((context) -> {
			for (String[] json : cases) {
				this.client.send(Flow.QUEUE, json[0], Map.of("content_type", "application/cloudevents+json"));
			}
			for (String[] why : cases) {
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("unconvertible");
				assertThat(letter.getStringProperty("am_exception_message")).as(why[0]).contains(why[1]);
			}
			assertThat(this.events.seen).isEmpty();
		});
	}

	@Test
	void messageThatIsNoEventSaysSoAndABinaryOneNamesWhatIsMissing() {
		Flow.application(this.broker.url()).withBean(Events.class, () -> this.events).run((context) -> {
			this.client.send(Flow.QUEUE, "{}", Map.of());
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_exception_message"))
				.contains("'cloudEvents_specversion'");
			this.client.send(Flow.QUEUE, "{}",
					Map.of("cloudEvents_specversion", "1.0", "cloudEvents_id", "1", "cloudEvents_source", "/s"));
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_exception_message"))
				.contains("no attribute 'type'");
		});
	}

	@Test
	void eventThatSomebodyHasLeftIncompleteIsNotPublished() {
		Flow.application(this.broker.url()).run((context) -> {
			CloudEvent incomplete = spy(EVENT);
			given(incomplete.getAttribute("type")).willReturn(null);
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", incomplete))
				.withMessageContaining("no attribute 'type'");
		});
		application("structured").run((context) -> assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> context.getBean(MessagePublisher.class)
				.publish("orders",
						CloudEventBuilder.v1(EVENT).withData("application/json", new byte[] { '{' }).build()))
			.withMessageContaining("'datacontenttype'"));
	}

	@Test
	void modeWithoutTheLibraryNamesTheDependency() {
		application("binary").withClassLoader(new FilteredClassLoader("io.cloudevents"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'messaging.destination.orders.cloud-events'"));
	}

	@Test
	void withoutTheLibraryEverythingElseWorks() {
		Flow.application(this.broker.url())
			.withClassLoader(new FilteredClassLoader("io.cloudevents"))
			.withBean(Orders.class, () -> this.orders)
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", new Order(8));
				Flow.eventually().until(() -> this.orders.seen.equals(List.of(new Order(8))));
			});
	}

	private ApplicationContextRunner application(String mode) {
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.orders.cloud-events=" + mode);
	}

	record Order(int number) {
	}

	@Processor
	static class Events {

		private final List<CloudEvent> seen = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onEvent(CloudEvent event) {
			this.seen.add(event);
		}

	}

	@Processor
	static class Windows {

		private final List<String> ids = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onEvents(List<CloudEvent> events) {
			events.forEach((event) -> this.ids.add(event.getId()));
		}

		@SubscribesTo("invoices")
		void onEvent(org.springframework.messaging.Message<CloudEvent> message) {
			this.ids.add(message.getPayload().getId());
		}

	}

	@Processor
	static class Orders {

		private final List<Order> seen = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onOrder(Order order) {
			this.seen.add(order);
		}

	}

}
