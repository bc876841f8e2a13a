package org.activemessaging.operations;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An operation on the messages of a queue as an operator sees it, and its receipt when it
 * has ended. All numbers were counted.
 *
 * @param id its id
 * @param kind what is done: {@code purge}, {@code redrive}, {@code move},
 * {@code discard}, {@code undo}
 * @param destination the logical name of the destination
 * @param group the consumer group, for a virtual topic
 * @param queue the physical name of the queue that messages are taken from
 * @param target the physical name of where they go, or {@code null} if they are destroyed
 * @param state what it is doing
 * @param how {@code native}, {@code emulated} or {@code impossible}
 * @param why what that means here
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param by who has asked for it
 * @param matched how many messages are meant, as far as they were looked at; {@code null}
 * if nobody knows
 * @param matchedExact whether there are no more than these
 * @param removed how many have left the queue
 * @param moved how many of them have arrived somewhere else
 * @param skipped how many were looked at and left
 * @param inFlightElsewhere how many were with consumers when it had ended, or
 * {@code null} if nobody knows, or not yet
 * @param stage the stage of a redrive
 * @param outcome what became of the messages that were sent back
 * @param stoppedBecause why it did not go on
 * @param undoable whether it can be undone
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OperationView(String id, String kind, String destination, @Nullable String group, String queue,
		@Nullable String target, State state, String how, String why, Instant startedAt, @Nullable Instant endedAt,
		String by, @Nullable Long matched, boolean matchedExact, long removed, long moved, long skipped,
		@Nullable Long inFlightElsewhere, @Nullable Stage stage, @Nullable Outcome outcome,
		@Nullable String stoppedBecause, boolean undoable) {

	/**
	 * What an operation is doing.
	 */
	public enum State {

		/**
		 * It is at work.
		 */
		RUNNING,

		/**
		 * It has done what was asked for.
		 */
		DONE,

		/**
		 * It has stopped by itself.
		 */
		STOPPED,

		/**
		 * Somebody has cancelled it.
		 */
		CANCELLED,

		/**
		 * The broker did not let it go on. What it has done is done as a whole.
		 */
		FAILED,

		/**
		 * It has only told what would be done.
		 */
		DRY_RUN

	}

	/**
	 * The stage of a redrive.
	 *
	 * @param number which one it is, from 1
	 * @param of how many there are
	 * @param size how many messages it may send back, or {@code null} for the rest
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Stage(int number, int of, @Nullable Integer size) {
	}

	/**
	 * What became of the messages that were sent back.
	 *
	 * @param succeeded how many were processed by this instance
	 * @param failedTheSame how many were given up for the same cause as before
	 * @param failedAnew how many were given up for another cause
	 * @param pending how many are not seen to have ended: they wait, are being tried, or
	 * were processed by another instance
	 */
	public record Outcome(long succeeded, long failedTheSame, long failedAnew, long pending) {
	}

}
