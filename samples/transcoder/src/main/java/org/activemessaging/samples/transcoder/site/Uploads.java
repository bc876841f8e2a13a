package org.activemessaging.samples.transcoder.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.activemessaging.MessagePublisher;
import org.activemessaging.samples.transcoder.datastore.Datastore;
import org.activemessaging.samples.transcoder.video.EncodeRequest;
import org.activemessaging.samples.transcoder.video.EncodingProfile;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes videos: file, rows and messages, all or nothing. The messages are in the outbox,
 * so they leave after the commit, and when the broker is away, later.
 */
@Component
@Profile("!encoders")
final class Uploads {

	private final Datastore datastore;

	private final Catalogue catalogue;

	private final MessagePublisher publisher;

	private final TransactionOperations transactions;

	Uploads(Datastore datastore, Catalogue catalogue, MessagePublisher publisher, TransactionOperations transactions) {
		this.datastore = datastore;
		this.catalogue = catalogue;
		this.publisher = publisher;
		this.transactions = transactions;
	}

	/**
	 * Takes a video.
	 * @param title its title
	 * @param file the work file that it is in; it is gone afterwards
	 * @return the id of the video
	 * @throws IOException if the file cannot be moved
	 */
	UUID add(String title, Path file) throws IOException {
		UUID id = UUID.randomUUID();
		try {
			long bytes = Files.size(file);
			this.transactions.executeWithoutResult((status) -> {
				this.catalogue.add(id, title, bytes);
				for (EncodingProfile profile : EncodingProfile.values()) {
					this.publisher.to("encode")
						.header(EncodeRequest.VIDEO_HEADER, id.toString())
						.header(EncodeRequest.PROFILE_HEADER, profile.label())
						.publish(new EncodeRequest(id, profile));
				}
				putUpload(file, id);
			});
			return id;
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	// Last before the commit: an encoder that gets the message finds the file.
	private void putUpload(Path file, UUID id) {
		try {
			this.datastore.putUpload(file, id);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
