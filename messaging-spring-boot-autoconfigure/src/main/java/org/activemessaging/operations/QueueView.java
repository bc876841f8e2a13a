package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A queue as an operator sees it. A number that nobody can know is {@code null}, never
 * zero.
 *
 * @param name the physical name
 * @param nameOnBroker the name that the broker's own tools show, where that is another
 * @param group the consumer group, for a virtual topic
 * @param depth how many messages it holds
 * @param exact whether the depth is exact, else it is a lower bound
 * @param source where the numbers come from, or why there are none
 * @param oldestAge the age of the oldest message
 * @param inFlight how many messages are with consumers, of all instances
 * @param consumers how many consumers there are, of all instances
 * @param rate how many messages this instance has processed in a second, in the last
 * minute
 * @param timeToDrain how long this instance would need for what is there, at its rate of
 * the last minute
 * @param sampledAt when the broker was asked
 * @param unknown why a number is missing, by its name
 * @param deadLetters its dead-letter queue
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QueueView(String name, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nameOnBroker,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String group, @Nullable Long depth, boolean exact,
		String source, @Nullable Duration oldestAge, @Nullable Long inFlight, @Nullable Long consumers, double rate,
		@Nullable Duration timeToDrain, @Nullable Instant sampledAt,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> unknown, DeadLetterView deadLetters) {

}
