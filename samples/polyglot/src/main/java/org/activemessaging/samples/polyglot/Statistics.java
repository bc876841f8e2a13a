package org.activemessaging.samples.polyglot;

/**
 * The answer to the question how many clicks of a client there were.
 *
 * @param client the client
 * @param clicks how many clicks of it this application has seen
 */
record Statistics(String client, long clicks) {

}
