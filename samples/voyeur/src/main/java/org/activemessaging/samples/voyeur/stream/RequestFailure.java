package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An error that ended a request.
 *
 * @param sessionId the session
 * @param uri what was asked for
 * @param status the HTTP status of the answer
 * @param exception the simple name of the exception's class
 * @param message the exception's message
 * @param timestamp when it happened
 */
public record RequestFailure(String sessionId, String uri, int status, String exception, @Nullable String message,
		Instant timestamp) implements StreamEvent {

}
