package org.activemessaging.samples.transcoder.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.activemessaging.samples.transcoder.datastore.Datastore;
import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.activemessaging.samples.transcoder.video.Progress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Profile;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * What the page asks for.
 */
@RestController
@Profile("!encoders")
final class VideoController {

	private static final MediaType WEBM = MediaType.parseMediaType("video/webm");

	private static final int NEWEST = 60;

	private static final int MAX_TITLE = 100;

	private final Uploads uploads;

	private final Catalogue catalogue;

	private final Datastore datastore;

	private final ProgressStream progress;

	VideoController(Uploads uploads, Catalogue catalogue, Datastore datastore, ProgressStream progress) {
		this.uploads = uploads;
		this.catalogue = catalogue;
		this.datastore = datastore;
		this.progress = progress;
	}

	@GetMapping("/videos")
	Page videos() {
		return new Page(this.catalogue.totals(), this.catalogue.newest(NEWEST));
	}

	// A form without scripts is led back to the page.
	@PostMapping("/videos")
	ResponseEntity<Void> upload(@RequestParam MultipartFile file, @RequestParam(defaultValue = "") String title)
			throws IOException {
		if (file.isEmpty()) {
			return ResponseEntity.badRequest().build();
		}
		Path received;
		try (InputStream content = file.getInputStream()) {
			received = this.datastore.receive(content);
		}
		this.uploads.add(title(title, file.getOriginalFilename()), received);
		return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/")).build();
	}

	private static String title(String title, @Nullable String fileName) {
		String wanted = StringUtils.hasText(title) ? title
				: StringUtils.stripFilenameExtension(Objects.requireNonNullElse(fileName, ""));
		String clean = wanted.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
		return clean.isEmpty() ? "Untitled" : clean.substring(0, Math.min(MAX_TITLE, clean.length()));
	}

	@GetMapping("/videos/{id}/{profile:phone|desktop}.webm")
	ResponseEntity<Resource> video(@PathVariable UUID id, @PathVariable String profile) {
		return file(this.datastore.encoded(id, EncodingProfile.of(profile)), WEBM);
	}

	@GetMapping("/videos/{id}/{profile:phone|desktop}.jpg")
	ResponseEntity<Resource> poster(@PathVariable UUID id, @PathVariable String profile) {
		return file(this.datastore.poster(id, EncodingProfile.of(profile)), MediaType.IMAGE_JPEG);
	}

	private static ResponseEntity<Resource> file(Path file, MediaType type) {
		if (!Files.exists(file)) {
			return ResponseEntity.notFound().build();
		}
		return ResponseEntity.ok()
			.contentType(type)
			.cacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
			.body(new FileSystemResource(file));
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Progress>> events() {
		return this.progress.events();
	}

	/**
	 * What the page shows.
	 *
	 * @param totals how many encodings there are
	 * @param videos the newest videos
	 */
	record Page(Totals totals, List<Video> videos) {

	}

}
