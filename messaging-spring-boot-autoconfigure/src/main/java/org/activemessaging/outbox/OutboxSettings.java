package org.activemessaging.outbox;

import java.time.Duration;

/**
 * How the outbox is relayed.
 *
 * @param batchSize how many messages are sent before they are deleted
 * @param pollInterval how often the outbox is looked at without being told to
 * @param lease after how long without a sign of life another instance takes over
 * @param sampleInterval how often the backlog is counted
 * @since 0.1.0
 */
public record OutboxSettings(int batchSize, Duration pollInterval, Duration lease, Duration sampleInterval) {

}
