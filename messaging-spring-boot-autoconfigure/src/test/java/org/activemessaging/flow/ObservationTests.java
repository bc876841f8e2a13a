package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;
import org.activemessaging.MessageRequester;
import org.activemessaging.autoconfigure.MessagingObservationAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingTracingAutoConfiguration;
import org.activemessaging.listener.ProcessObserver;
import org.activemessaging.observation.MessagingObservationDocumentation;
import org.activemessaging.observation.MessagingProcessContext;
import org.activemessaging.observation.MessagingProcessObservationConvention;
import org.activemessaging.observation.MessagingPublishContext;
import org.activemessaging.observation.MessagingPublishObservationConvention;
import org.activemessaging.publisher.PublishObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages are observed where somebody wants it, by the names that the documentation
 * says, and counted once.
 */
class ObservationTests {

	private final Spans spans = new Spans();

	private final TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void metersAreTheSameWhetherMessagesAreTracedOrNot() {
		TreeMap<String, Long> plain = new TreeMap<>();
		TreeMap<String, Long> traced = new TreeMap<>();
		meters(metered(application()), plain);
		meters(metered(this.spans.of(application())), traced);
		assertThat(traced).isEqualTo(plain);
		assertThat(plain)
			.containsEntry("messaging.process[broker=default, destination=orders, group=none, outcome=success, "
					+ "processor=script]", 5L);
	}

	@Test
	void meterOfATracedMessageCountsIt() {
		metered(this.spans.of(application())).withBean(Script.class, Script::thatSucceeds).run((context) -> {
			publisher(context).publish("orders", "text");
			this.spans.one("process Orders");
			this.spans.one("publish Orders");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Flow.eventually()
				.until(() -> registry.get("messaging.process").timers().stream().mapToLong(Timer::count).sum() == 1);
			assertThat(registry.get("messaging.publish").timers().stream().mapToLong(Timer::count).sum()).isOne();
		});
	}

	private void meters(ApplicationContextRunner application, Map<String, Long> meters) {
		Script script = Script.thatSucceeds();
		application.withBean(Script.class, () -> script).run((context) -> {
			for (int i = 0; i < 5; i++) {
				publisher(context).publish("orders", "text");
			}
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (Meter meter : registry.getMeters()) {
				meters.put(name(meter.getId()), (meter instanceof Timer timer) ? timer.count() : -1L);
			}
		});
	}

	private static String name(Meter.Id id) {
		return id.getName()
				+ id.getTags().stream().map(Tag::toString).map((tag) -> tag.replaceAll("tag\\((.*)\\)", "$1")).toList();
	}

	@Test
	void whereOnlyMetersAreWantedNothingIsObserved() {
		metered(application()).withConfiguration(AutoConfigurations.of(MessagingTracingAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessObserver.class)
				.doesNotHaveBean(PublishObserver.class));
	}

	@Test
	void tracesCanBeSwitchedOff() {
		Script script = Script.thatSucceeds();
		this.spans.of(application())
			.withPropertyValues("messaging.observation.enabled=false")
			.withBean(Script.class, () -> script)
			.run((context) -> {
				publisher(context).publish("orders", "text");
				Flow.eventually().until(() -> script.completed().size() == 1);
				assertThat(script.calls().get(0).message().getHeaders()).doesNotContainKey("traceparent");
				assertThat(context).doesNotHaveBean(ProcessObserver.class).doesNotHaveBean(PublishObserver.class);
			});
	}

	@Test
	void switchOfSpringBootIsObeyed() {
		Script script = Script.thatSucceeds();
		this.spans.of(application())
			.withPropertyValues("management.observations.enable.messaging=false")
			.withBean(Script.class, () -> script)
			.run((context) -> {
				publisher(context).publish("orders", "text");
				Flow.eventually().until(() -> script.completed().size() == 1);
				assertThat(script.calls().get(0).message().getHeaders()).doesNotContainKey("traceparent");
			});
	}

	@Test
	void keysAreThoseOfTheDocumentation() {
		Recording recording = new Recording();
		Script script = Script.thatFails();
		metered(application())
			.withConfiguration(
					AutoConfigurations.of(ObservationAutoConfiguration.class, MessagingTracingAutoConfiguration.class))
			.withPropertyValues("messaging.observation.enabled=true", "messaging.listener.redelivery.immediate=0",
					"messaging.listener.redelivery.delayed=0", "messaging.destination.others.queue=Others")
			.withBean(Recording.class, () -> recording)
			.withBean(Script.class, () -> script)
			.run((context) -> {
				publisher(context).publish("orders", "text");
				publisher(context).publish("others", "text");
				context.getBean(MessageReceiver.class).receive("others", Duration.ofSeconds(20), String.class);
				context.getBean(MessageRequester.class)
					.to("others")
					.timeout(Duration.ofMillis(10))
					.requestAsync("text", String.class);
				Flow.eventually()
					.until(() -> recording.stopped.size() == MessagingObservationDocumentation.values().length);
				for (MessagingObservationDocumentation documentation : MessagingObservationDocumentation.values()) {
					Observation.Context stopped = recording.stopped
						.get("messaging." + documentation.name().toLowerCase(Locale.ROOT));
					assertThat(keys(stopped.getLowCardinalityKeyValues()))
						.containsExactlyInAnyOrderElementsOf(keys(documentation.getLowCardinalityKeyNames()));
					assertThat(keys(stopped.getHighCardinalityKeyValues())).isNotEmpty()
						.isSubsetOf(keys(documentation.getHighCardinalityKeyNames()));
				}
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.find("messaging.process").timers()).hasSize(2);
				assertThat(registry.find("messaging.receive").timers()).hasSize(3);
				assertThat(registry.find("messaging.request").timers()).hasSize(1);
			});
	}

	private static List<String> keys(KeyValues values) {
		return values.stream().map(KeyValue::getKey).toList();
	}

	private static List<String> keys(KeyName[] names) {
		return Stream.of(names).map(KeyName::asString).toList();
	}

	@Test
	void conventionsCanBeReplaced() {
		this.spans.of(application())
			.withBean(Script.class, Script::thatSucceeds)
			.withBean(MessagingPublishObservationConvention.class, Published::new)
			.withBean(MessagingProcessObservationConvention.class, Processed::new)
			.run((context) -> {
				publisher(context).to("orders").header("tenant", "acme").publish("text");
				SpanData processed = this.spans.one("work");
				assertThat(processed.getParentSpanId()).isEqualTo(this.spans.one("leave").getSpanId());
				assertThat(Spans.attribute(processed, "tenant")).isEqualTo("acme");
				assertThat(Spans.attribute(processed, "messaging.system")).isEqualTo("activemq");
			});
	}

	@Test
	void brokenConventionLosesNoMessage() {
		Script script = Script.thatSucceeds();
		this.spans.of(application())
			.withBean(Script.class, () -> script)
			.withBean(MessagingPublishObservationConvention.class, () -> new MessagingPublishObservationConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(MessagingPublishContext context) {
					throw new IllegalStateException("broken");
				}

			})
			.withBean(MessagingProcessObservationConvention.class, () -> new MessagingProcessObservationConvention() {

				@Override
				public String getContextualName(MessagingProcessContext context) {
					throw new IllegalStateException("broken");
				}

			})
			.run((context) -> {
				publisher(context).publish("orders", "one");
				publisher(context).publish("orders", "two");
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.completed()).containsExactly("one", "two");
			});
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url());
	}

	private static ApplicationContextRunner metered(ApplicationContextRunner application) {
		return application
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
					MessagingObservationAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
	}

	private static MessagePublisher publisher(ApplicationContext context) {
		return context.getBean(MessagePublisher.class);
	}

	/**
	 * Remembers the observations.
	 */
	private static final class Recording implements ObservationHandler<Observation.Context> {

		private final Map<String, Observation.Context> stopped = new ConcurrentHashMap<>();

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.put(context.getName(), context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	private static final class Published implements MessagingPublishObservationConvention {

		@Override
		public String getContextualName(MessagingPublishContext context) {
			return "leave";
		}

	}

	private static final class Processed implements MessagingProcessObservationConvention {

		@Override
		public String getContextualName(MessagingProcessContext context) {
			return "work";
		}

		@Override
		public KeyValues getHighCardinalityKeyValues(MessagingProcessContext context) {
			return MessagingProcessObservationConvention.super.getHighCardinalityKeyValues(context)
				.and(KeyValue.of("tenant", String.valueOf(context.header("tenant"))));
		}

	}

}
