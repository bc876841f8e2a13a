package org.activemessaging.samples.polyglot;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page request, with the fields that the deck's producer sends. From YAML or JSON.
 *
 * @param clickId the id that the producer has made
 * @param sessionId the session
 * @param ipAddress the visitor's address without its last part
 * @param loggedIn whether the visitor has logged in
 * @param userAgent the browser
 * @param language the languages that the visitor reads
 * @param uri what was asked for
 * @param referrer the page that the visitor came from
 * @param timestamp when the request came
 * @param latency how long the answer took, in seconds
 * @param unique whether it was the first request of the session
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Click(String clickId, String sessionId, @Nullable String ipAddress, boolean loggedIn, @Nullable String userAgent,
		@Nullable String language, String uri, @Nullable String referrer, Instant timestamp, double latency,
		boolean unique) {

}
