package org.activemessaging.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about traces: what it prints compiles and runs in an application as Spring
 * Boot starts it.
 */
class ObservabilityPageTests {

	private static final Path PAGE = Path.of("../docs/observability.md");

	private static final Path SOURCE = Path.of("src/test/java/org/activemessaging/quickstart/TenantConvention.java");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		String source = Files.readString(SOURCE).replace("\t", "    ");
		assertThat(blocks("java")).containsExactly(source.substring(source.indexOf("\n@") + 1).trim());
	}

	@Test
	void everyKeyIsOnThePage() throws IOException {
		String page = Files.readString(PAGE);
		for (MessagingObservationDocumentation observation : MessagingObservationDocumentation.values()) {
			assertThat(Stream.of(observation.getLowCardinalityKeyNames(), observation.getHighCardinalityKeyNames())
				.flatMap(Stream::of)
				.map(KeyName::asString)).allSatisfy((key) -> assertThat(page).contains("`" + key + "`"));
		}
	}

	@Test
	void processorAndItsLogsAreInTheTraceOfTheRequest() throws Exception {
		PropertySource<?> yaml = load(blocks("yaml").get(0));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers((starting) -> starting.getEnvironment().getPropertySources().addFirst(yaml))
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

	private static PropertySource<?> load(String yaml) throws IOException {
		return new YamlPropertySourceLoader()
			.load("documentation", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
	}

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(PAGE))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
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
