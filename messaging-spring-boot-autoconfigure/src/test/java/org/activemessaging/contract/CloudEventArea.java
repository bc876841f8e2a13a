package org.activemessaging.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CloudEvents arrive as they were, with more attributes than some brokers have room for.
 */
abstract class CloudEventArea extends Area {

	@ParameterizedTest
	@ValueSource(strings = { "binary", "structured" })
	void eventArrivesAsItWas(String mode) {
		CloudEventBuilder builder = CloudEventBuilder.v1()
			.withId("1")
			.withSource(URI.create("/contract"))
			.withType("org.activemessaging.tried")
			.withSubject("sübject")
			.withTime(OffsetDateTime.parse("2026-11-28T15:04:05.123Z"))
			.withDataSchema(URI.create("https://example.com/schema"));
		for (int i = 0; i < 6; i++) {
			builder.withExtension("extension" + i, "value " + i);
		}
		CloudEvent event = builder.withData("application/json", "{\"number\":7}".getBytes(StandardCharsets.UTF_8))
			.build();
		Events events = new Events();
		Application application = start(
				application(events).with("messaging.destination." + name() + ".cloud-events", mode));
		application.publication().publish(event);
		Flow.eventually().until(() -> events.seen.size() == 1);
		CloudEvent received = events.seen.get(0);
		for (String name : event.getAttributeNames()) {
			assertThat(received.getAttribute(name)).as(name).isEqualTo(event.getAttribute(name));
		}
		for (String name : event.getExtensionNames()) {
			assertThat(received.getExtension(name)).as(name).isEqualTo(event.getExtension(name));
		}
		assertThat(received.getData().toBytes()).isEqualTo(event.getData().toBytes());
	}

	@Processor
	static class Events {

		private final List<CloudEvent> seen = new CopyOnWriteArrayList<>();

		@SubscribesTo("${contract.destination}")
		void onEvent(CloudEvent event) {
			this.seen.add(event);
		}

	}

}
