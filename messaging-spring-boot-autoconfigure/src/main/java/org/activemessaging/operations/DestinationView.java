package org.activemessaging.operations;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A destination as an operator sees it.
 *
 * @param broker the name of the broker it is on
 * @param type {@code queue}, {@code topic} or {@code virtual-topic}
 * @param address the physical name of what is published to
 * @param nameOnBroker the name that the broker's own tools show for the address, where
 * that is another
 * @param queues the queues that its messages are consumed from, none for a plain topic
 * @since 0.1.0
 */
public record DestinationView(String broker, String type, String address,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nameOnBroker, List<QueueView> queues) {

}
