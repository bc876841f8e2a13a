package org.activemessaging.samples.transcoder.datastore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Datastore}.
 */
class DatastoreTests {

	private final UUID video = UUID.randomUUID();

	@TempDir
	private Path directory;

	private Datastore datastore;

	@BeforeEach
	void open() throws IOException {
		this.datastore = new Datastore(new DatastoreProperties(this.directory));
	}

	@Test
	void videoAppearsWithItsPoster() throws IOException {
		Path file = file("video");
		Path poster = file("poster");
		this.datastore.putEncoded(file, poster, this.video, EncodingProfile.PHONE);
		assertThat(this.datastore.encoded(this.video, EncodingProfile.PHONE)).hasContent("video");
		assertThat(this.datastore.poster(this.video, EncodingProfile.PHONE)).hasContent("poster");
		assertThat(this.datastore.encoded(this.video, EncodingProfile.DESKTOP)).doesNotExist();
		assertThat(file).doesNotExist();
	}

	@Test
	void videoDoesNotAppearWithoutItsPoster() throws IOException {
		Path file = file("video");
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(
				() -> this.datastore.putEncoded(file, this.datastore.workFile(), this.video, EncodingProfile.PHONE));
		assertThat(this.datastore.encoded(this.video, EncodingProfile.PHONE)).doesNotExist();
	}

	@Test
	void onlyOldWorkFilesAreSwept() throws IOException {
		Path old = file("old");
		Path young = file("young");
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
		assertThat(this.datastore.sweep(Duration.ofHours(2))).isEqualTo(1);
		assertThat(old).doesNotExist();
		assertThat(young).exists();
	}

	private Path file(String content) throws IOException {
		return this.datastore.receive(new ByteArrayInputStream(content.getBytes()));
	}

}
