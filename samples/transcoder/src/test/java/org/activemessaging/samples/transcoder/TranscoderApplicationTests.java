package org.activemessaging.samples.transcoder;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.activemessaging.samples.transcoder.ffmpeg.Clips;
import org.activemessaging.samples.transcoder.process.SiteClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TranscoderApplication}, all in one process with the embedded broker.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "spring.datasource.url=" + "jdbc:h2:mem:all-in-one;DB_CLOSE_DELAY=-1")
class TranscoderApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int port;

	private SiteClient site;

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("messaging.embedded.data-directory", () -> directory.resolve("broker").toString());
		properties.add("transcoder.datastore.directory", () -> directory.resolve("videos").toString());
	}

	@BeforeEach
	void open() throws IOException {
		this.site = new SiteClient(this.port);
		this.site.listen();
	}

	@Test
	void uploadCanBeWatched() throws Exception {
		assertThat(this.site.upload(Clips.make(directory, 2), "Moonwalk")).isEqualTo(303);
		JsonNode video = await().atMost(PATIENCE).until(() -> video("Moonwalk"), (found) -> all(found, "DONE"));
		for (String profile : List.of("phone", "desktop")) {
			String path = "/videos/" + video.path("id").asString() + "/" + profile;
			HttpResponse<byte[]> part = this.site.get(path + ".webm", "Range", "bytes=0-999");
			assertThat(part.statusCode()).isEqualTo(206);
			assertThat(part.body()).hasSize(1000);
			assertThat(part.headers().firstValue("Content-Type")).hasValue("video/webm");
			Path file = Files.write(directory.resolve(profile), this.site.get(path + ".webm").body());
			assertThat(Clips.play(file)).isEmpty();
			assertThat(this.site.get(path + ".jpg").body()).startsWith(0xFF, 0xD8);
		}
		assertThat(video.at("/forms/0/seconds").asDouble()).isBetween(1.8, 2.2);
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(states(video)).containsOnlyOnce("PHONE DONE", "DESKTOP DONE")
				.contains("PHONE ENCODING", "DESKTOP ENCODING");
		});
	}

	@Test
	void whatIsNoVideoIsADeadLetterAndShownWithItsCause() throws Exception {
		Path text = Files.writeString(directory.resolve("text.mp4"), "Can't touch this.");
		assertThat(this.site.upload(text, "Text")).isEqualTo(303);
		JsonNode video = await().atMost(PATIENCE).until(() -> video("Text"), (found) -> all(found, "FAILED"));
		assertThat(video.at("/forms/0/cause").asString())
			.isEqualTo("This is not a video: Invalid data found when processing input");
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(states(video)).containsOnlyOnce("PHONE FAILED", "DESKTOP FAILED"));
		await().atMost(PATIENCE).untilAsserted(() -> {
			JsonNode letters = this.site.read("/actuator/messaging/destinations/encode/dead-letters");
			assertThat(letters.at("/depth").asLong()).isEqualTo(2);
		});
	}

	@Test
	void stormIsQueuedAndDrains() throws Exception {
		assertThat(this.site.post("/storm?clips=501")).isEqualTo(400);
		assertThat(this.site.post("/storm?clips=2")).isEqualTo(202);
		assertThat(this.site.post("/storm?clips=2")).isEqualTo(409);
		await().atMost(PATIENCE)
			.until(() -> all(video("Hammer time, no. 1"), "DONE") && all(video("Running man, no. 2"), "DONE"));
	}

	@Test
	void pageAndQueueAreThere() throws Exception {
		assertThat(new String(this.site.get("/").body())).contains("page.js");
		JsonNode messaging = this.site.read("/actuator/messaging");
		assertThat(messaging.at("/destinations/encode/queues/0/name").asString()).isEqualTo("Encode");
		assertThat(messaging.at("/destinations/encodings/queues/0/name").asString())
			.isEqualTo("Consumer.catalogue.VirtualTopic.Encodings");
		assertThat(messaging.path("processorGroups").propertyNames()).containsExactlyInAnyOrder("web", "encoders");
	}

	@Test
	void whatIsNotThereIsNotFound() throws Exception {
		String video = "/videos/00000000-0000-0000-0000-000000000000/";
		assertThat(this.site.get(video + "phone.webm").statusCode()).isEqualTo(404);
		assertThat(this.site.get(video + "television.webm").statusCode()).isEqualTo(404);
		assertThat(this.site.get("/videos/..%2F..%2Fencoded/phone.webm").statusCode()).isBetween(400, 404);
	}

	private List<String> states(JsonNode video) {
		return this.site.events()
			.stream()
			.filter((event) -> event.path("video").equals(video.path("id")))
			.map((event) -> event.path("profile").asString() + " " + event.path("state").asString())
			.toList();
	}

	private JsonNode video(String title) throws IOException {
		return this.site.read("/videos")
			.path("videos")
			.valueStream()
			.filter((video) -> video.path("title").asString().equals(title))
			.findFirst()
			.orElseGet(MissingNode::getInstance);
	}

	private static boolean all(JsonNode video, String state) {
		return video.has("forms")
				&& video.path("forms").valueStream().allMatch((form) -> form.path("state").asString().equals(state));
	}

}
