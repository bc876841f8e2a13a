package org.activemessaging.samples.transcoder.ffmpeg;

/**
 * Thrown when a file is no video, or none that is taken.
 */
public final class NotAVideoException extends Exception {

	private static final long serialVersionUID = 1L;

	NotAVideoException(String message) {
		super(message);
	}

}
