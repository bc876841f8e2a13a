package org.activemessaging.listener;

import java.time.Duration;

/**
 * When a processor slows down, and by how much.
 *
 * @param failures after how many failures in a row, of different messages
 * @param delay the pause before the next message, doubled with each further failure
 * @param maxDelay the longest pause
 * @since 0.1.0
 */
public record BrakeSettings(int failures, Duration delay, Duration maxDelay) {

}
