package org.activemessaging.listener;

/**
 * Lets the consumers of a processor give back what they were handed ahead one at a time.
 * A broker hands what one has given back to the next one; if that gives it back as well,
 * it comes behind what follows it. So who has been handed any of it takes it first.
 */
final class GivingBack {

	private boolean busy;

	// Written under the lock.
	private volatile long given;

	/**
	 * Returns the part that a new consumer has in this.
	 */
	Share share() {
		return new Share();
	}

	/**
	 * What one consumer has to do with what others have given back. For use by its
	 * thread.
	 */
	final class Share {

		private long seen = GivingBack.this.given;

		private long toTake;

		/**
		 * The consumer has taken messages.
		 * @param messages how many, 0 if there was none for it
		 * @param ahead how many more it may have been handed
		 */
		void took(int messages, int ahead) {
			long given = GivingBack.this.given;
			if (given != this.seen) {
				// Before what others have given back comes what it was handed already;
				// and of the messages that it took, some were taken before.
				this.toTake = Math.max(this.toTake, ahead) + given - this.seen;
				this.seen = given;
			}
			else {
				this.toTake = (messages > 0) ? Math.max(0, this.toTake - messages) : 0;
			}
		}

		/**
		 * Asks to give back what the consumer was handed. If so, {@link #end} has to
		 * follow.
		 * @return {@code false} if it has to take more messages first
		 */
		boolean begin() {
			synchronized (GivingBack.this) {
				if (GivingBack.this.busy || this.toTake > 0 || GivingBack.this.given != this.seen) {
					return false;
				}
				GivingBack.this.busy = true;
				return true;
			}
		}

		/**
		 * What the consumer had been handed is given back.
		 * @param messages how many messages it was at most
		 */
		void end(int messages) {
			synchronized (GivingBack.this) {
				GivingBack.this.busy = false;
				gaveBack(messages);
			}
		}

		/**
		 * The consumer has given messages back without being asked.
		 * @param messages how many it was at most
		 */
		void gaveBack(int messages) {
			synchronized (GivingBack.this) {
				// What others have given back meanwhile is of no account any more.
				GivingBack.this.given += messages;
				this.seen = GivingBack.this.given;
				this.toTake = 0;
			}
		}

	}

}
