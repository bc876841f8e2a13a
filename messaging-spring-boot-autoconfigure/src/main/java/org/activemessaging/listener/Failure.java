package org.activemessaging.listener;

import java.time.Instant;

/**
 * A failure of a processor.
 *
 * @param at when it happened
 * @param exception the class name of the exception
 * @param message the message of the exception, without control characters
 * @since 0.1.0
 */
public record Failure(Instant at, String exception, String message) {

}
