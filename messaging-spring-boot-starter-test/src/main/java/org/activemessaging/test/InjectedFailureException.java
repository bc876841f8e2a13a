package org.activemessaging.test;

/**
 * Thrown into the first try of a message on purpose, to see whether its processor can
 * handle it a second time.
 *
 * @since 0.1.0
 */
public final class InjectedFailureException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InjectedFailureException(String processor) {
		super("The first try of processor '" + processor + "' fails on purpose, after its work");
	}

}
