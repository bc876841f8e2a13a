package org.activemessaging.samples.polyglot;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What was made of a click.
 *
 * @param clickId the click
 * @param sessionId its session
 * @param uri what was visited
 * @param visits how many clicks this application has seen of the same client
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Visit(String clickId, String sessionId, String uri, long visits) {

}
