package org.activemessaging.broker.memory;

/**
 * What is in a queue at one moment.
 *
 * @param name the name of the queue
 * @param ready how many messages a consumer could have
 * @param delayed how many messages are held back
 * @param inFlight how many messages consumers have, unacknowledged
 * @param consumers how many consumers there are
 * @param oldestMillis the age of the oldest message in milliseconds, 0 if there is none
 * @param dueInMillis when the first message that is held back is due, in milliseconds
 * from now, or {@link Long#MAX_VALUE} if there is none
 * @since 0.1.0
 */
public record MemoryQueueState(String name, int ready, int delayed, int inFlight, int consumers, long oldestMillis,
		long dueInMillis) {

	MemoryQueueState plus(MemoryQueueState other) {
		return new MemoryQueueState(this.name, this.ready + other.ready, this.delayed + other.delayed,
				this.inFlight + other.inFlight, this.consumers + other.consumers,
				Math.max(this.oldestMillis, other.oldestMillis), Math.min(this.dueInMillis, other.dueInMillis));
	}

	/**
	 * Returns how many messages no consumer has.
	 * @return the number
	 */
	public int waiting() {
		return this.ready + this.delayed;
	}

	/**
	 * Returns how many messages there are.
	 * @return the number, those with consumers included
	 */
	public int depth() {
		return waiting() + this.inFlight;
	}

}
