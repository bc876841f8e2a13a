package org.activemessaging.samples.transcoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.samples.broker.JavaProcess;
import org.activemessaging.samples.transcoder.ffmpeg.Clips;
import org.activemessaging.samples.transcoder.process.SiteClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The site with its broker, and two encoders, each in a process of its own. An encoder is
 * killed in the middle of a video, with its ffmpeg; nevertheless every upload can be
 * watched, in each form once, and whole.
 */
@Timeout(240)
class TranscoderKillIT {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int UPLOADS = 4;

	private static final int CLIP_SECONDS = 12;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private final String brokerUrl = "tcp://localhost:" + JavaProcess.freePort();

	private final int port = JavaProcess.freePort();

	private final SiteClient site = new SiteClient(this.port);

	private final List<JavaProcess> processes = new ArrayList<>();

	@AfterEach
	void stopAll() {
		this.processes.forEach(JavaProcess::close);
	}

	@Test
	void everyUploadCanBeWatchedWhenAnEncoderIsKilledInTheMiddleOfOne() throws Exception {
		start("site", "web,broker", "--server.port=" + this.port);
		JavaProcess victim = start("victim", "encoders");
		start("survivor", "encoders");
		await().atMost(PATIENCE).until(() -> this.site.isUp() && consumers() >= 2);
		this.site.listen();
		Path clip = Clips.make(this.directory, "640x360", CLIP_SECONDS);
		for (int i = 0; i < UPLOADS; i++) {
			assertThat(this.site.upload(clip, "Dance " + i)).isEqualTo(303);
		}
		JsonNode last = await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> inWork(victim), (event) -> event != null);
		assertThat(victim.kill()).isPositive();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.site.read("/videos").at("/totals/waiting").asInt(-1)).isZero());
		List<JsonNode> videos = this.site.read("/videos").path("videos").valueStream().toList();
		assertThat(videos).hasSize(UPLOADS);
		for (JsonNode video : videos) {
			assertThat(video.path("forms").valueStream().map((form) -> form.path("state").asString()))
				.containsExactly("DONE", "DONE");
			for (String profile : List.of("phone", "desktop")) {
				assertThat(Clips.play(file(video.path("id").asString(), profile))).isEmpty();
			}
		}
		assertThat(maker(videos, last)).isNotEqualTo(name(victim));
		assertThat(videos.stream().flatMap((video) -> video.path("forms").valueStream()))
			.allSatisfy((form) -> assertThat(form.path("seconds").asDouble()).isBetween(CLIP_SECONDS - 0.2,
					CLIP_SECONDS + 0.2));
		assertThat(told()).doesNotHaveDuplicates().hasSize(2 * UPLOADS);
		assertThat(files()).hasSize(2 * UPLOADS);
		await().atMost(PATIENCE).untilAsserted(() -> {
			JsonNode queue = this.site.read("/actuator/messaging/destinations/encode").at("/queues/0");
			assertThat(queue.path("depth").asInt(-1)).isZero();
			assertThat(queue.at("/deadLetters/depth").asInt(-1)).isZero();
		});
		System.out.println("killed " + name(victim) + " at " + last.path("percent").asInt() + " % of "
				+ last.path("profile").asString() + "; " + files().size() + " files play, made again by "
				+ maker(videos, last));
	}

	private JavaProcess start(String name, String profiles, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.profiles.active=" + profiles,
				"--messaging.broker.default.url=" + this.brokerUrl, "--transcoder.broker.url=" + this.brokerUrl,
				"--transcoder.broker.directory=" + this.directory.resolve("broker"),
				"--transcoder.datastore.directory=" + this.directory.resolve("videos"),
				"--spring.datasource.url=jdbc:h2:file:" + this.directory.resolve("database")
						+ ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE"));
		all.addAll(List.of(arguments));
		JavaProcess process = JavaProcess.start(this.directory.resolve(name + ".log"), TranscoderApplication.class,
				all.toArray(String[]::new));
		this.processes.add(process);
		return process;
	}

	// In the middle, as far as anybody knows: far from the beginning and from the end.
	private JsonNode inWork(JavaProcess encoder) {
		List<JsonNode> events = this.site.events();
		JsonNode last = events.isEmpty() ? null : events.get(events.size() - 1);
		return (last != null && last.path("encoder").asString().equals(name(encoder))
				&& last.path("state").asString().equals("ENCODING") && last.path("percent").asInt() > 10
				&& last.path("percent").asInt() < 60) ? last : null;
	}

	private long consumers() throws IOException {
		return this.site.read("/actuator/messaging/destinations/encode").at("/queues/0/consumers").asLong(0);
	}

	private List<String> told() {
		return this.site.events()
			.stream()
			.filter((event) -> event.path("state").asString().equals("DONE"))
			.map((event) -> event.path("video").asString() + event.path("profile").asString())
			.toList();
	}

	private static String maker(List<JsonNode> videos, JsonNode event) {
		return videos.stream()
			.filter((video) -> video.path("id").equals(event.path("video")))
			.flatMap((video) -> video.path("forms").valueStream())
			.filter((form) -> form.path("profile").equals(event.path("profile")))
			.map((form) -> form.path("encoder").asString())
			.findFirst()
			.orElseThrow();
	}

	private static String name(JavaProcess encoder) {
		return "encoder " + encoder.pid();
	}

	private Path file(String video, String profile) {
		return this.directory.resolve("videos/encoded").resolve(video).resolve(profile + ".webm");
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory.resolve("videos/encoded"))) {
			return files.filter((file) -> file.toString().endsWith(".webm")).toList();
		}
	}

}
