package org.activemessaging.samples.transcoder.video;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Tells how far the encoding of a video is: the message on the topic {@code progress},
 * which is kept for nobody.
 *
 * @param video the id of the video
 * @param profile the form it is encoded to
 * @param state what is happening to it
 * @param percent how much is done, 0 to 100
 * @param encoder who does it, or {@code null} if it does not matter
 */
public record Progress(UUID video, EncodingProfile profile, State state, int percent, @Nullable String encoder) {

	/**
	 * What is happening to a video.
	 */
	public enum State {

		/**
		 * An encoder is at it.
		 */
		ENCODING,

		/**
		 * It has failed, and will be tried again.
		 */
		RETRY,

		/**
		 * It can be watched, which the catalogue knows.
		 */
		DONE,

		/**
		 * It was given up, and the catalogue knows why.
		 */
		FAILED

	}

}
