package org.activemessaging.samples.transcoder.encoder;

import java.time.Duration;

import org.activemessaging.MessagePublisher;
import org.activemessaging.samples.transcoder.video.EncodeRequest;
import org.activemessaging.samples.transcoder.video.Progress;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.stereotype.Component;

/**
 * Tells everybody how far a video is. Nobody waits for that, and nothing depends on it.
 */
@Component
final class ProgressReporter {

	private static final Log logger = LogFactory.getLog(ProgressReporter.class);

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

	private final String name = "encoder " + ProcessHandle.current().pid();

	private final MessagePublisher publisher;

	ProgressReporter(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Returns the name of this encoder.
	 * @return the name, different for each process of a machine
	 */
	String name() {
		return this.name;
	}

	/**
	 * Tells how far a video is. To be called by a thread that processes no message: what
	 * that one publishes would leave with the end of its message only.
	 * @param request the video
	 * @param state what is happening to it
	 * @param percent how much is done
	 */
	void report(EncodeRequest request, Progress.State state, int percent) {
		this.publisher.to("progress")
			.persistent(false)
			.timeToLive(TIME_TO_LIVE)
			.publishAsync(new Progress(request.video(), request.profile(), state, percent, this.name))
			.exceptionally((failure) -> {
				logger.debug("Progress was not published", failure);
				return null;
			});
	}

}
