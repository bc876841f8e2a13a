package org.activemessaging.samples.transcoder.video;

import java.util.UUID;

/**
 * Tells that a video was encoded: the message on {@code encodings}.
 *
 * @param video the id of the video
 * @param profile the form it was encoded to
 * @param encoder who did it
 * @param width the width of the picture in pixels
 * @param height the height of the picture in pixels
 * @param bytes the size of the file
 * @param seconds how long the video is
 * @param tookSeconds how long it took
 */
public record Encoding(UUID video, EncodingProfile profile, String encoder, int width, int height, long bytes,
		double seconds, double tookSeconds) {

}
