package org.activemessaging.samples.transcoder.site;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.jspecify.annotations.Nullable;

/**
 * A video of the catalogue.
 *
 * @param id its id
 * @param title its title
 * @param bytes the size of what was uploaded
 * @param uploadedAt when that was
 * @param forms what it is encoded to
 */
record Video(UUID id, String title, long bytes, Instant uploadedAt, List<Form> forms) {

	/**
	 * A form of the video.
	 *
	 * @param profile which one
	 * @param state whether it can be watched
	 * @param cause why it was given up
	 * @param encoder who has made it
	 * @param width the width of the picture in pixels
	 * @param height the height of the picture in pixels
	 * @param bytes the size of the file
	 * @param seconds how long the video is
	 * @param tookSeconds how long the encoder took
	 */
	record Form(EncodingProfile profile, State state, @Nullable String cause, @Nullable String encoder, int width,
			int height, long bytes, double seconds, double tookSeconds) {

	}

	/**
	 * Whether a form can be watched.
	 */
	enum State {

		/**
		 * It will be.
		 */
		WAITING,

		/**
		 * It can.
		 */
		DONE,

		/**
		 * It was given up.
		 */
		FAILED

	}

}
