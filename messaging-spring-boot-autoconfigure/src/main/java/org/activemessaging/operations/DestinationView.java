package org.activemessaging.operations;

import java.util.List;

/**
 * A destination as an operator sees it.
 *
 * @param broker the name of the broker it is on
 * @param type {@code queue}, {@code topic} or {@code virtual-topic}
 * @param address the physical name of what is published to
 * @param queues the queues that its messages are consumed from, none for a plain topic
 * @since 0.1.0
 */
public record DestinationView(String broker, String type, String address, List<QueueView> queues) {

}
