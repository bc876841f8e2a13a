package org.activemessaging.samples.transcoder.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.activemessaging.AbortMessageException;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.transcoder.datastore.Datastore;
import org.activemessaging.samples.transcoder.ffmpeg.Ffmpeg;
import org.activemessaging.samples.transcoder.ffmpeg.NotAVideoException;
import org.activemessaging.samples.transcoder.ffmpeg.VideoInfo;
import org.activemessaging.samples.transcoder.video.EncodeRequest;
import org.activemessaging.samples.transcoder.video.Encoding;
import org.activemessaging.samples.transcoder.video.Progress;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Encodes videos. A message may come more than once: the video appears under its name
 * when it is complete, and one that is there is not encoded again. Its metadata leaves in
 * the transaction of the message, so that whatever happens in between, there is either
 * the request or the answer.
 */
@Processor
final class Encoder {

	private static final Log logger = LogFactory.getLog(Encoder.class);

	private final Datastore datastore;

	private final Ffmpeg ffmpeg;

	private final MessagePublisher publisher;

	private final ProgressReporter progress;

	Encoder(Datastore datastore, Ffmpeg ffmpeg, MessagePublisher publisher, ProgressReporter progress) {
		this.datastore = datastore;
		this.ffmpeg = ffmpeg;
		this.publisher = publisher;
		this.progress = progress;
	}

	@SubscribesTo(value = "encode", id = "encoder")
	void onMessage(EncodeRequest request) {
		Instant start = Instant.now();
		try {
			Path file = this.datastore.encoded(request.video(), request.profile());
			if (!Files.exists(file)) {
				encode(request);
			}
			VideoInfo info = this.ffmpeg.probe(file);
			double took = Duration.between(start, Instant.now()).toMillis() / 1000.0;
			this.publisher.publish("encodings", new Encoding(request.video(), request.profile(), this.progress.name(),
					info.width(), info.height(), Files.size(file), info.seconds(), took));
		}
		catch (NotAVideoException ex) {
			throw new RejectMessageException(ex.getMessage(), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AbortMessageException("The encoder is stopped", ex);
		}
	}

	private void encode(EncodeRequest request) throws NotAVideoException, IOException, InterruptedException {
		Path source = this.datastore.upload(request.video());
		VideoInfo info = this.ffmpeg.probe(source);
		Path file = this.datastore.workFile();
		Path poster = this.datastore.workFile();
		try {
			this.ffmpeg.encode(source, info, request.profile(), file,
					(percent) -> this.progress.report(request, Progress.State.ENCODING, percent));
			this.ffmpeg.poster(file, poster);
			this.datastore.putEncoded(file, poster, request.video(), request.profile());
			logger.info("Encoded " + request);
		}
		finally {
			Files.deleteIfExists(file);
			Files.deleteIfExists(poster);
		}
	}

}
