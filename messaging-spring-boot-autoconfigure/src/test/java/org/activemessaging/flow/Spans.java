package org.activemessaging.flow;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.activemessaging.autoconfigure.MessagingTracingAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The spans of an application that is traced by OpenTelemetry, as Spring Boot sets it up.
 */
public final class Spans {

	/**
	 * What an application is traced by.
	 */
	public static final Class<?>[] CONFIGURATIONS = { ObservationAutoConfiguration.class,
			OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, MessagingTracingAutoConfiguration.class };

	public static final String SAMPLING = "management.tracing.sampling.probability";

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	/**
	 * A bean of the application.
	 */
	public SpanProcessor processor() {
		return SimpleSpanProcessor.create(this.exporter);
	}

	ApplicationContextRunner of(ApplicationContextRunner application) {
		return application.withConfiguration(AutoConfigurations.of(CONFIGURATIONS))
			.withPropertyValues(SAMPLING + "=1")
			.withBean(SpanProcessor.class, this::processor);
	}

	/**
	 * Does something within a span, as a request is.
	 */
	public static void request(ApplicationContext context, String name, Runnable work) {
		Observation.createNotStarted(name, context.getBean(ObservationRegistry.class)).observe(work);
	}

	/**
	 * The spans of a name, in the order they began.
	 */
	public List<SpanData> named(String name) {
		return this.exporter.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getName().equals(name))
			.sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
			.toList();
	}

	/**
	 * Waits for a number of spans of a name.
	 */
	public List<SpanData> await(int count, String name) {
		Flow.eventually().untilAsserted(() -> assertThat(named(name)).hasSize(count));
		return named(name);
	}

	public SpanData one(String name) {
		return await(1, name).get(0);
	}

	/**
	 * Waits for a span and asserts something about it.
	 */
	void one(String name, Consumer<SpanData> assertion) {
		assertion.accept(one(name));
	}

	public static List<String> links(SpanData span) {
		return span.getLinks().stream().map(LinkData::getSpanContext).map((context) -> context.getSpanId()).toList();
	}

	public static String attribute(SpanData span, String name) {
		return span.getAttributes().get(AttributeKey.stringKey(name));
	}

}
