package org.activemessaging.listener;

import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.redelivery.RedeliveryRules;
import org.jspecify.annotations.Nullable;

/**
 * How the container of a processor listens.
 *
 * @param subscription the durable subscription of a topic, or {@code null} for none
 * @param concurrency how many messages are processed at once
 * @param acknowledge how messages are acknowledged
 * @param window how many messages one consumer handles in one transaction
 * @param lanes how many messages of its window one consumer processes at once
 * @param limits what keeps it from taking messages as fast as it could
 * @param pulled whether the broker hands it no messages ahead
 * @param redelivery what happens after a failure
 * @param brake when it slows down
 * @param maxPayloadSize the largest payload that is taken, in bytes or characters
 * @param autoStartup whether to start with the application
 * @since 0.1.0
 */
public record ListenerSettings(@Nullable DurableSubscription subscription, Concurrency concurrency,
		AcknowledgeMode acknowledge, WindowSettings window, int lanes, Limits limits, boolean pulled,
		RedeliveryRules redelivery, BrakeSettings brake, long maxPayloadSize, boolean autoStartup) {

}
