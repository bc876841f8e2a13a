package org.activemessaging.quickstart;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Spans;
import org.activemessaging.observation.MessagingObservationDocumentation;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about traces: what it prints compiles and runs in an application as Spring
 * Boot starts it.
 */
class ObservabilityPageTests {

	private static final Page PAGE = Page.of("observability.md");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java")).containsExactly(Page.source(ObservabilityPageTests.class, "TenantConvention"));
	}

	@Test
	void everyKeyIsOnThePage() throws IOException {
		String page = PAGE.text();
		for (MessagingObservationDocumentation observation : MessagingObservationDocumentation.values()) {
			assertThat(Stream.of(observation.getLowCardinalityKeyNames(), observation.getHighCardinalityKeyNames())
				.flatMap(Stream::of)
				.map(KeyName::asString)).allSatisfy((key) -> assertThat(page).contains("`" + key + "`"));
		}
	}

	@Test
	void processorAndItsLogsAreInTheTraceOfTheRequest() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers(Page.configuration(PAGE.blocks("yaml").get(0)))
			.run("--spring.main.banner-mode=off")) {
			Spans spans = context.getBean(Spans.class);
			Spans.request(context, "request",
					() -> context.getBean(MessagePublisher.class)
						.to("clickstream")
						.header("tenant", "acme")
						.publish(new Click("a", "/1")));
			Map<String, String> mdc = context.getBean(Clickstream.class).mdc.get(20, TimeUnit.SECONDS);
			SpanData processed = spans.one("process Clickstream");
			assertThat(processed.getTraceId()).isEqualTo(spans.one("request").getTraceId());
			assertThat(mdc).containsEntry("traceId", processed.getTraceId())
				.containsEntry("spanId", processed.getSpanId());
			assertThat(Spans.attribute(processed, "tenant")).isEqualTo("acme");
		}
	}

	/**
	 * An application with what is on its class path.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ TenantConvention.class, Clickstream.class })
	static class Application {

		@Bean
		Spans spans() {
			return new Spans();
		}

		@Bean
		SpanProcessor spanProcessor(Spans spans) {
			return spans.processor();
		}

	}

	/**
	 * A processor that looks at what its logs would say.
	 */
	@Processor
	static class Clickstream {

		private final CompletableFuture<Map<String, String>> mdc = new CompletableFuture<>();

		@SubscribesTo("clickstream")
		void onClick(Click click) {
			this.mdc.complete(MDC.getCopyOfContextMap());
		}

	}

}
