package org.activemessaging.samples.transcoder.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.activemessaging.samples.transcoder.video.EncodingProfile;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The videos: what was uploaded, and what became of it. A file appears under its name
 * when it is complete, and never changes afterwards, so that whoever sees it may use it.
 */
@Component
@EnableConfigurationProperties(DatastoreProperties.class)
public final class Datastore {

	private final Path uploads;

	private final Path encoded;

	private final Path work;

	Datastore(DatastoreProperties properties) throws IOException {
		this.uploads = Files.createDirectories(properties.directory().resolve("uploads"));
		this.encoded = Files.createDirectories(properties.directory().resolve("encoded"));
		this.work = Files.createDirectories(properties.directory().resolve("work"));
	}

	/**
	 * Returns a file that nobody else has, to be written to.
	 * @return a path at which nothing is
	 */
	public Path workFile() {
		return this.work.resolve(UUID.randomUUID() + ".part");
	}

	/**
	 * Writes a stream to a work file.
	 * @param content the stream
	 * @return the file
	 * @throws IOException if it cannot be read or written
	 */
	public Path receive(InputStream content) throws IOException {
		Path file = workFile();
		Files.copy(content, file);
		return file;
	}

	/**
	 * Puts an uploaded video where encoders find it.
	 * @param file the work file with it
	 * @param video the id of the video
	 * @throws IOException if it cannot be moved
	 */
	public void putUpload(Path file, UUID video) throws IOException {
		publish(file, upload(video));
	}

	/**
	 * Puts an encoded video where the site finds it, the poster first: where the video
	 * is, the poster is.
	 * @param file the work file with the video
	 * @param poster the work file with the poster
	 * @param video the id of the video
	 * @param profile the form it was encoded to
	 * @throws IOException if it cannot be moved
	 */
	public void putEncoded(Path file, Path poster, UUID video, EncodingProfile profile) throws IOException {
		Files.createDirectories(this.encoded.resolve(video.toString()));
		publish(poster, poster(video, profile));
		publish(file, encoded(video, profile));
	}

	// What is not on the disk yet would be an empty file after a power failure, under its
	// final name.
	private static void publish(Path file, Path target) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
		Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Returns where an uploaded video is.
	 * @param video the id of the video
	 * @return its path
	 */
	public Path upload(UUID video) {
		return this.uploads.resolve(video.toString());
	}

	/**
	 * Returns where an encoded video is, if it is there.
	 * @param video the id of the video
	 * @param profile the form it was encoded to
	 * @return its path
	 */
	public Path encoded(UUID video, EncodingProfile profile) {
		return this.encoded.resolve(video.toString()).resolve(profile.label() + ".webm");
	}

	/**
	 * Returns where the poster of an encoded video is.
	 * @param video the id of the video
	 * @param profile the form it was encoded to
	 * @return its path
	 */
	public Path poster(UUID video, EncodingProfile profile) {
		return this.encoded.resolve(video.toString()).resolve(profile.label() + ".jpg");
	}

	/**
	 * Deletes work files that processes have left behind which were killed.
	 * @param age how old they are at least
	 * @return how many there were
	 * @throws IOException if the folder cannot be read
	 */
	public int sweep(Duration age) throws IOException {
		FileTime limit = FileTime.from(Instant.now().minus(age));
		int deleted = 0;
		List<Path> files;
		try (Stream<Path> found = Files.list(this.work)) {
			files = found.toList();
		}
		for (Path file : files) {
			if (Files.getLastModifiedTime(file).compareTo(limit) < 0 && Files.deleteIfExists(file)) {
				deleted++;
			}
		}
		return deleted;
	}

}
