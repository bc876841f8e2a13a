package org.activemessaging.test;

/**
 * A click.
 */
record Click(String session, String uri) {
}
