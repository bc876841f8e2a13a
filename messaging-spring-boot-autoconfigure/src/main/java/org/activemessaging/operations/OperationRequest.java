package org.activemessaging.operations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to be done with the messages of a queue.
 *
 * @param kind what to do
 * @param destination the logical name of the destination
 * @param group the consumer group of a virtual topic, not needed where there is one
 * @param from which messages of it
 * @param to the logical name of the destination that they are moved to; for
 * {@link Kind#MOVE} only
 * @param selection which of them
 * @param limit how many of them at most
 * @param dryRun whether only to tell what would be done
 * @param destroy whether to remove messages for good instead of into the trash
 * @param redrive how dead letters are sent back; for {@link Kind#REDRIVE} only
 * @param by who asks for it
 * @since 0.1.0
 */
public record OperationRequest(Kind kind, String destination, @Nullable String group, From from, @Nullable String to,
		MessageSelection selection, int limit, boolean dryRun, boolean destroy, @Nullable Redrive redrive, String by) {

	/**
	 * What can be done.
	 */
	public enum Kind {

		/**
		 * The messages of a queue go into the trash, or are destroyed.
		 */
		PURGE,

		/**
		 * Dead letters go back to the queue they came from.
		 */
		REDRIVE,

		/**
		 * Messages go to another destination.
		 */
		MOVE,

		/**
		 * Dead letters go into the trash, or are destroyed.
		 */
		DISCARD,

		/**
		 * What an operation has put into the trash goes back.
		 */
		UNDO

	}

	/**
	 * Where messages are taken from.
	 */
	public enum From {

		/**
		 * The queue that processors read.
		 */
		QUEUE,

		/**
		 * Its dead letters.
		 */
		DEAD_LETTERS,

		/**
		 * The trash of the queue.
		 */
		TRASH

	}

	/**
	 * How dead letters are sent back.
	 *
	 * @param stages how many in each stage, before the rest
	 * @param ratePerSecond how many in a second, 0 for as many as possible
	 * @param maxFailureRatio which part of them may fail before the rest is left
	 */
	public record Redrive(List<Integer> stages, double ratePerSecond, double maxFailureRatio) {

		/**
		 * Checks the numbers.
		 * @param stages how many in each stage, before the rest
		 * @param ratePerSecond how many in a second, 0 for as many as possible
		 * @param maxFailureRatio which part of them may fail before the rest is left
		 */
		public Redrive {
			stages = List.copyOf(stages);
			if (stages.stream().anyMatch((stage) -> stage < 1)) {
				throw new IllegalArgumentException("'stages' is " + stages + ", but numbers from 1 are allowed");
			}
			if (!(ratePerSecond >= 0)) {
				throw new IllegalArgumentException("'rate' must not be negative");
			}
			if (!(maxFailureRatio >= 0 && maxFailureRatio <= 1)) {
				throw new IllegalArgumentException(
						"'maxFailureRatio' is " + maxFailureRatio + ", but 0 to 1 is allowed");
			}
		}

	}

}
