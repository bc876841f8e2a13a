package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A page request.
 *
 * @param sessionId the session
 * @param ipAddress the visitor's address without its last part
 * @param loggedIn whether the visitor has logged in
 * @param userAgent the browser
 * @param language the languages that the visitor reads
 * @param uri the path and query that were asked for
 * @param referrer the page that the visitor came from
 * @param timestamp when the request came
 * @param latency how long the answer took, in milliseconds
 * @param unique whether it was the first request of the session
 */
public record Click(String sessionId, String ipAddress, boolean loggedIn, @Nullable String userAgent,
		@Nullable String language, String uri, @Nullable String referrer, Instant timestamp, double latency,
		boolean unique) implements StreamEvent {

}
