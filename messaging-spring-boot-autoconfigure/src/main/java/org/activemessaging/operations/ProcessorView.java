package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A processor as an operator sees it: this instance of the application only.
 *
 * @param destination the logical name of the destination
 * @param group the consumer group, for a virtual topic
 * @param subscription the durable subscription, where a plain topic has one
 * @param processorGroup the processor group it belongs to
 * @param state what its container is doing
 * @param reason why it has no connection
 * @param pausedBy for what reasons it takes no messages: {@code operator}, {@code rule},
 * {@code drain}; or fewer: {@code brake}
 * @param braked whether it is slowed down because message after message failed
 * @param concurrency how many consumers it has and may have
 * @param window how many messages a consumer handles in one transaction at most, at
 * present
 * @param limits what keeps it from taking messages as fast as it could
 * @param redelivery what happens to a message that fails
 * @param inFlight how many messages are being processed
 * @param processed how many messages were processed since the start
 * @param failed how many tries failed
 * @param redelivered how many tries were repetitions
 * @param deadLettered how many messages were given up
 * @param duplicates how many of the processed messages were skipped, as the processor is
 * idempotent and had processed them before
 * @param discarded how many messages were discarded by a rule of redelivery
 * @param rate how many messages were processed in a second, in the last minute
 * @param duration how long a message took, in the last one to two minutes
 * @param lastFailure the last failure
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ProcessorView(String destination, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String group,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SubscriptionView subscription,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String processorGroup, String state,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason, List<String> pausedBy, boolean braked,
		ConcurrencyView concurrency, int window, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LimitsView limits,
		RedeliveryView redelivery, int inFlight, long processed, long failed, long redelivered, long deadLettered,
		long duplicates, long discarded, double rate, @Nullable DurationView duration,
		@Nullable FailureView lastFailure) {

	/**
	 * The durable subscription of a processor.
	 *
	 * @param name its name
	 * @param clientId the client id of the connection that reads it
	 */
	public record SubscriptionView(String name, String clientId) {
	}

	/**
	 * The consumers of a processor.
	 *
	 * @param active how many there are
	 * @param min how many there are at least
	 * @param max how many there may be
	 */
	public record ConcurrencyView(int active, int min, int max) {
	}

	/**
	 * What keeps a processor from taking messages as fast as it could.
	 *
	 * @param rate how many messages this instance takes in a time at most
	 * @param waitingForRate how many consumers wait at this moment, as that is reached
	 * @param clusterConcurrency how many messages are in work in all instances at most
	 * @param permitsHeld how many of the permits for that are held by this instance
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record LimitsView(@Nullable String rate, @Nullable Integer waitingForRate,
			@Nullable Integer clusterConcurrency, @Nullable Integer permitsHeld) {
	}

	/**
	 * What happens to a message that fails.
	 *
	 * @param tries how often it is tried at most
	 * @param longest for how long, without the time that the tries take
	 * @param crashes how often the application may die while it is in work
	 * @param deadLetterQueue where it ends
	 * @param rules what happens instead after certain exceptions, in the order the rules
	 * are asked
	 */
	public record RedeliveryView(int tries, Duration longest, int crashes, String deadLetterQueue,
			List<RuleView> rules) {
	}

	/**
	 * What happens to a message that failed with certain exceptions.
	 *
	 * @param exceptions their class names, or patterns of them
	 * @param action {@code redeliver}, {@code dead-letter}, {@code discard} or
	 * {@code pause}
	 * @param tries how often it is tried at most, if it is tried again
	 * @param longest for how long it is tried
	 * @param pause for how long the processor takes no messages
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record RuleView(List<String> exceptions, String action, @Nullable Integer tries, @Nullable Duration longest,
			@Nullable Duration pause) {
	}

	/**
	 * How long a message takes.
	 *
	 * @param mean the mean
	 * @param p50 what half of the messages stay below
	 * @param p95 what 95 of 100 messages stay below
	 * @param p99 what 99 of 100 messages stay below
	 * @param max the longest
	 */
	public record DurationView(Duration mean, Duration p50, Duration p95, Duration p99, Duration max) {
	}

	/**
	 * A failure.
	 *
	 * @param at when it happened
	 * @param exception the class name of the exception
	 * @param message the message of the exception
	 */
	public record FailureView(Instant at, String exception, String message) {
	}

}
