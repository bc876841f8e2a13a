package org.activemessaging.broker;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of a queue at one time. What the broker cannot tell is {@code null}.
 *
 * @param queue the physical name of the queue
 * @param depth how many messages it holds, those in flight included
 * @param exact whether the depth is exact, else it is a lower bound
 * @param source where the numbers come from, or why there are none
 * @param oldestAge the age of the oldest message
 * @param inFlight how many messages are with consumers, unacknowledged
 * @param consumers how many consumers there are
 * @param sampledAt when the numbers were read
 * @since 0.1.0
 */
public record QueueSample(String queue, @Nullable Long depth, boolean exact, String source,
		@Nullable Duration oldestAge, @Nullable Long inFlight, @Nullable Long consumers, Instant sampledAt) {

	/**
	 * Returns a sample without numbers.
	 * @param queue the physical name of the queue
	 * @param reason why there are none
	 * @param sampledAt when they were asked for
	 * @return the sample
	 */
	public static QueueSample unknown(String queue, String reason, Instant sampledAt) {
		return new QueueSample(queue, null, false, reason, null, null, null, sampledAt);
	}

}
