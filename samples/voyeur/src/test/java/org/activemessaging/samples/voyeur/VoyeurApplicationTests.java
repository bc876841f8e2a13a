package org.activemessaging.samples.voyeur;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link VoyeurApplication}, all in one process with the embedded broker: real
 * requests become rows of both groups.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.datasource.url="
		+ "jdbc:h2:mem:all-in-one;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1")
class VoyeurApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int POOL_SIZE = 10;

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient database;

	@Autowired
	private MeterRegistry meters;

	private final HttpClient client = HttpClient.newHttpClient();

	@DynamicPropertySource
	static void brokerDirectory(DynamicPropertyRegistry properties) {
		properties.add("messaging.embedded.data-directory", directory::toString);
	}

	@Test
	void requestsBecomeRowsOfBothGroups() throws Exception {
		List<String> uris = Stream
			.of("/?q=undertaker", "/?q=pigoen", "/?q=pigeon&instead=pigoen", "/?q=toga", "/articles/fax?from=test",
					"/boom", "/articles/nope")
			.toList();
		for (String uri : uris) {
			get(uri);
		}
		post("/beacon/mouse", "{\"page\": \"/\", \"points\": [{\"x\": 1, \"y\": 2}, {\"x\": 3, \"y\": 4}]}");
		post("/beacon/component-error", "{\"component\": \"reader\", \"page\": \"/\", \"message\": \"no voice\"}");
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(this.database.sql("select uri from clicks").query(String.class).list()).containsAll(uris);
			assertThat(count("trend_events")).isEqualTo(count("clicks"));
			assertThat(this.database.sql("select sum(clicks) from trends").query(Long.class).single())
				.isEqualTo(count("clicks"));
			assertThat(count("queries")).isEqualTo(4);
			assertThat(count("suggestions")).isEqualTo(2);
			assertThat(count("mouse_points")).isEqualTo(2);
			assertThat(count("component_failures")).isEqualTo(2);
			assertThat(count("request_failures")).isEqualTo(2);
		});
		assertThat(this.meters.get("voyeur.clicks").counter().count()).isEqualTo(count("clicks"));
		assertThat(this.meters.get("voyeur.uniques").counter().count()).isEqualTo(count("clicks"));
	}

	@Test
	void endpointShowsTheStreamsOfTheDeck() throws Exception {
		JsonNode messaging = read("/actuator/messaging");
		assertThat(messaging.path("destinations").propertyNames()).contains("clickstream", "querystream", "mousestream",
				"belushinatorstream", "componenterrorstream", "errorstream");
		assertThat(messaging.at("/destinations/clickstream/address").asString()).isEqualTo("VirtualTopic.Clickstream");
		assertThat(messaging.at("/destinations/clickstream/queues")
			.valueStream()
			.map((queue) -> queue.path("name").asString())).containsExactlyInAnyOrder(
					"Consumer.voyeur.VirtualTopic.Clickstream", "Consumer.trends.VirtualTopic.Clickstream");
		assertThat(messaging.path("processors").propertyNames()).containsExactlyInAnyOrder("clickstream-processor",
				"querystream-processor", "mouse-processor", "belushinator-processor", "componenterror-processor",
				"errorstream-processor", "trends-processor");
		assertThat(messaging.path("processorGroups").propertyNames()).containsExactlyInAnyOrder("clickstream",
				"querystream", "mousestream", "belushinatorstream", "componenterrorstream", "errorstream", "trends");
		assertThat(messaging.at("/processors/trends-processor/group").asString()).isEqualTo("trends");
	}

	@Test
	void dashboardHasItsData() throws Exception {
		assertThat(get("/voyeur").body()).contains("Streams", "dashboard.js");
		await().atMost(PATIENCE).untilAsserted(() -> {
			JsonNode clickstream = read("/voyeur/data").at("/streams/0");
			assertThat(clickstream.path("name").asString()).isEqualTo("clickstream");
			assertThat(clickstream.path("published").asLong()).isPositive()
				.isEqualTo(clickstream.path("stored").asLong())
				.isEqualTo(clickstream.path("second").asLong());
		});
	}

	@Test
	void dashboardLeavesNoConnectionOpen() throws Exception {
		for (int i = 0; i < POOL_SIZE + 2; i++) {
			read("/voyeur/data");
		}
	}

	@Test
	void whatIsNoPageIsNoClick() throws Exception {
		get("/assets/site.css");
		get("/actuator/health");
		get("/voyeur/data");
		get("/articles/telex?last");
		await().atMost(PATIENCE)
			.until(() -> this.database.sql("select count(*) from clicks where uri = '/articles/telex?last'")
				.query(Long.class)
				.single() == 1);
		assertThat(this.database.sql("select uri from clicks").query(String.class).list())
			.noneMatch((uri) -> uri.startsWith("/assets") || uri.startsWith("/actuator") || uri.startsWith("/voyeur/"));
	}

	@Test
	void healthIsUp() throws Exception {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(read("/actuator/health").path("status").asString()).isEqualTo("UP"));
	}

	private JsonNode read(String uri) throws IOException, InterruptedException {
		HttpResponse<String> response = get(uri);
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(address(uri)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private void post(String uri, String body) throws IOException, InterruptedException {
		HttpResponse<Void> response = this.client.send(HttpRequest.newBuilder(address(uri))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(204);
	}

	private URI address(String uri) {
		return URI.create("http://localhost:" + this.port + uri);
	}

	private long count(String table) {
		return this.database.sql("select count(*) from " + table).query(Long.class).single();
	}

}
