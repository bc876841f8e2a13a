package org.activemessaging.samples.transcoder.video;

import java.util.UUID;

/**
 * Asks for a video to be encoded: the message on the queue {@code encode}. The video
 * itself is in the datastore.
 *
 * @param video the id of the video
 * @param profile the form to encode it to
 */
public record EncodeRequest(UUID video, EncodingProfile profile) {

	/**
	 * The header with the id of the video.
	 */
	public static final String VIDEO_HEADER = "video";

	/**
	 * The header with the name of the profile.
	 */
	public static final String PROFILE_HEADER = "profile";

}
