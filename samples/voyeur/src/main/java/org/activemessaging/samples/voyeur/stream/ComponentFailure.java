package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

/**
 * An error of one component of a page, which the page survived.
 *
 * @param sessionId the session
 * @param component the name of the component
 * @param page the page it is on
 * @param message what went wrong
 * @param timestamp when it went wrong
 */
public record ComponentFailure(String sessionId, String component, String page, String message,
		Instant timestamp) implements StreamEvent {

}
