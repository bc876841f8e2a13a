package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

/**
 * A correction of a misspelt query, when it is shown and again when it is accepted.
 *
 * @param sessionId the session
 * @param input what the visitor typed
 * @param suggestion what was proposed instead
 * @param accepted whether the visitor followed the proposal
 * @param timestamp when that was
 */
public record Suggestion(String sessionId, String input, String suggestion, boolean accepted,
		Instant timestamp) implements StreamEvent {

}
