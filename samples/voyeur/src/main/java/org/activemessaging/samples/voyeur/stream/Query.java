package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

/**
 * A search.
 *
 * @param sessionId the session
 * @param terms what was searched for
 * @param hits how many articles were found
 * @param latency how long the search took, in milliseconds
 * @param timestamp when it was searched for
 */
public record Query(String sessionId, String terms, int hits, double latency,
		Instant timestamp) implements StreamEvent {

}
