package org.activemessaging.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.flow.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pages about console, doctor, explanations, scaling and topology: one application
 * with all that they configure answers as they say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightPagesTests {

	private static final Path DOCS = Path.of("../docs");

	private static final Path EXAMINATIONS = Path.of("src/main/java/org/activemessaging/operations/doctor");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(Application.class).initializers((context) -> {
			for (String page : List.of("console", "doctor", "scaling", "topology")) {
				configurations(page)
					.forEach((source) -> context.getEnvironment().getPropertySources().addFirst(source));
			}
			// The pages print the default.
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("quick", Map.of("messaging.operations.sample-interval", "200ms")));
		}).run("--server.port=0", "--spring.application.name=voyeur", "--spring.main.banner-mode=off");
		this.context.getBean(MessagePublisher.class).publish("clickstream", new Click("a", "/1"));
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void consoleIsWhereThePageSays() throws IOException {
		HttpResponse<String> page = Http.get(this.context, "/actuator/messaging/console");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Content-Security-Policy", "default-src 'none'");
		assertThat(Http.get(this.context, "/actuator/messaging/console/uPlot-LICENSE.txt").body()).contains("MIT");
		assertThat(Files.readString(DOCS.resolve("console.md"))).contains("`/actuator/messaging/console`");
	}

	@Test
	void everyPictureIsThereAndSmall() throws IOException {
		for (String page : List.of("console", "doctor", "topology")) {
			List<Path> pictures = Pattern.compile("images/[a-z-]+\\.png")
				.matcher(Files.readString(DOCS.resolve(page + ".md")))
				.results()
				.map((match) -> DOCS.resolve(match.group()))
				.toList();
			assertThat(pictures).isNotEmpty()
				.allSatisfy((picture) -> assertThat(Files.size(picture)).isBetween(10_000L, 200_000L));
		}
	}

	@Test
	void doctorAnswersInTheFormThatIsPrinted() throws IOException {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> json("/actuator/messaging/doctor").at("/findings/0/id").asString(),
					"backlog-without-processor"::equals);
		JsonNode answer = json("/actuator/messaging/doctor");
		JsonNode printed = this.mapper.readTree(Page.of("doctor.md").blocks("json").get(0));
		assertThat(answer.propertyNames()).containsExactlyElementsOf(printed.propertyNames());
		JsonNode finding = printed.get("findings").get(0);
		assertThat(answer.get("findings").get(0).propertyNames()).containsExactlyElementsOf(finding.propertyNames());
		for (String same : List.of("id", "severity", "subject", "title", "remedy")) {
			assertThat(answer.get("findings").get(0).get(same)).isEqualTo(finding.get(same));
		}
	}

	@Test
	void everyFindingIsInTheTableAndProvoked() throws IOException {
		Set<String> ids = new TreeSet<>();
		try (Stream<Path> sources = Files.list(EXAMINATIONS)) {
			for (Path source : sources.toList()) {
				Pattern.compile("(?:new Finding\\(|Kind\\.[A-Z_]+, )\\s*\"([a-z-]+)\"")
					.matcher(Files.readString(source))
					.results()
					.forEach((match) -> ids.add(match.group(1)));
			}
		}
		assertThat(Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
			.matcher(Files.readString(DOCS.resolve("doctor.md")))
			.results()
			.map((match) -> match.group(1))).hasSize(14).containsExactlyInAnyOrderElementsOf(ids);
		String tests = Files.readString(Path.of("src/test/java/org/activemessaging/flow/DoctorTests.java"))
				+ Files.readString(Path.of("src/test/java/org/activemessaging/fault/NetworkIT.java"));
		assertThat(ids).allSatisfy((id) -> assertThat(tests).contains('"' + id + '"'));
	}

	@Test
	void livenessIsWhereThePageSays() throws IOException {
		assertThat(Files.readString(DOCS.resolve("doctor.md"))).contains("/actuator/health/liveness");
		assertThat(json("/actuator/health/liveness").get("status").asString()).isEqualTo("UP");
	}

	@Test
	void kedaFindsItsNumber() throws IOException {
		PropertySource<?> scaledObject = Page.properties(yaml("scaling", true).get(0));
		String trigger = "spec.triggers[0].metadata.";
		URI uri = URI.create(String.valueOf(scaledObject.getProperty(trigger + "url")));
		JsonNode answer = json(uri.getPath() + "?" + uri.getQuery());
		assertThat(answer.at("/" + scaledObject.getProperty(trigger + "valueLocation")).isIntegralNumber()).isTrue();
		assertThat(answer.propertyNames()).containsExactlyElementsOf(
				this.mapper.readTree(Page.of("scaling.md").blocks("json").get(0)).propertyNames());
		assertThat(Page.of("scaling.md").blocks("shell").get(0)).contains(uri.getPath() + "?" + uri.getQuery());
	}

	@Test
	void topologyIsTheOneThatIsPrinted() throws IOException {
		assertThat(json("/actuator/messaging/topology").get("mermaid").asString().trim())
			.isEqualTo(Page.of("topology.md").blocks("mermaid").get(0));
		assertThat(json("/actuator/messaging/topology/asyncapi").get("asyncapi").asString()).startsWith("3.");
	}

	@Test
	void explanationIsTheOneThatIsPrinted() {
		String printed = Page.of("endpoint.md")
			.blocks("json")
			.stream()
			.filter((block) -> block.contains("notProcessors"))
			.findFirst()
			.orElseThrow();
		JsonNode answer = json("/actuator/messaging/explain/clickstream");
		assertThat(json("/actuator/messaging/explain")).contains(answer);
		assertThat(answer.propertyNames()).isEqualTo(this.mapper.readTree(printed).propertyNames());
		this.mapper.readTree(printed).forEachEntry((name, value) -> {
			if (name.equals("notProcessors")) {
				// The package has classes of other tests in it, too.
				assertThat(answer.get(name)).containsAll(value);
			}
			else {
				assertThat(answer.get(name)).isEqualTo(value);
			}
		});
	}

	@Test
	void unknownDestinationIsExplainedToo() {
		HttpResponse<String> response = Http.get(this.context, "/actuator/messaging/explain/clickstraem");
		assertThat(response.statusCode()).isEqualTo(404);
		JsonNode answer = this.mapper.readTree(response.body());
		assertThat(answer.get("error").asString()).contains("'messaging.destination.clickstraem'",
				"Did you mean 'clickstream'?");
		assertThat(answer.get("known").toString()).contains("clickstream");
	}

	private List<PropertySource<?>> configurations(String page) {
		return yaml(page, false).stream().<PropertySource<?>>map((yaml) -> Page.properties(yaml)).toList();
	}

	private static List<String> yaml(String page, boolean kubernetes) {
		return Page.of(page + ".md")
			.blocks("yaml")
			.stream()
			.filter((block) -> block.startsWith("apiVersion") == kubernetes)
			.toList();
	}

	private JsonNode json(String path) {
		HttpResponse<String> response = Http.get(this.context, path);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return this.mapper.readTree(response.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ClickProcessor clickProcessor() {
			return new ClickProcessor();
		}

	}

}
