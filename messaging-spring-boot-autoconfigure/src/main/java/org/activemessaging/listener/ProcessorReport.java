package org.activemessaging.listener;

import java.util.Set;

import org.activemessaging.broker.Address;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A processor and its container at one time.
 *
 * @param definition the processor
 * @param settings how it listens
 * @param source the address it listens to
 * @param state what its container is doing
 * @param braked whether it is slowed down because message after message failed
 * @param pausedBy for what reasons it takes no messages, or fewer
 * @param activeConsumers how many consumers there are
 * @param concurrency how many consumers there may be at this time
 * @param window how many messages a consumer handles in one transaction at present
 * @param inFlight how many messages are being processed
 * @param waitingForRate how many consumers wait as the rate is reached
 * @param permitsHeld how many permits are held here, of those for all instances
 * @param processed how many messages were processed since the start
 * @param failed how many tries failed
 * @param redelivered how many tries were repetitions
 * @param deadLettered how many messages were given up
 * @param duplicates how many messages were skipped, as they had been processed before
 * @param discarded how many messages were discarded by a rule
 * @param rate how many messages are processed in a second
 * @param durations how long one takes, or {@code null} if there was none lately
 * @param lastFailure the last failure
 * @param outage why there is no connection, or {@code null} if there is one
 * @since 0.1.0
 */
public record ProcessorReport(ProcessorDefinition definition, ListenerSettings settings, Address source,
		ContainerState state, boolean braked, Set<PauseReason> pausedBy, int activeConsumers, Concurrency concurrency,
		int window, int inFlight, int waitingForRate, int permitsHeld, long processed, long failed, long redelivered,
		long deadLettered, long duplicates, long discarded, double rate, @Nullable Durations durations,
		@Nullable Failure lastFailure, @Nullable String outage) {

	/**
	 * Tells whether failed messages stay where they are as the broker does not take them
	 * elsewhere.
	 * @return whether {@link #outage()} says why
	 */
	public boolean cannotMoveFailures() {
		return this.outage != null && this.outage.startsWith(Stall.REASON);
	}

	/**
	 * Tells how many messages the broker can have handed to the consumers at most. That
	 * may be more than they handle in one transaction, as a consumer is opened anew only
	 * when the difference is worth it.
	 * @return the number of messages, taken or not
	 */
	public long mostHandedOut() {
		return (long) this.activeConsumers * this.window * Pace.WORTHWHILE;
	}

}
