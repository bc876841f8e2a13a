package org.activemessaging.listener;

/**
 * Says that a message is given up because the application died again and again while it
 * was in work.
 */
final class CrashSuspectException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CrashSuspectException(int crashes) {
		super("The application died or lost its connection " + crashes + " times while this message was in work", null,
				false, false);
	}

}
