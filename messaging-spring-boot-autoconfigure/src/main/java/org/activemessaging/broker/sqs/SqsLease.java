package org.activemessaging.broker.sqs;

/**
 * The right to a message that was received, until it is acknowledged, given back, or
 * until the service gives it to somebody else.
 */
final class SqsLease {

	private final String queue;

	private final String url;

	private final String handle;

	private final String messageId;

	private volatile long endsAt;

	SqsLease(String queue, String url, String handle, String messageId, long endsAt) {
		this.queue = queue;
		this.url = url;
		this.handle = handle;
		this.messageId = messageId;
		this.endsAt = endsAt;
	}

	/**
	 * Returns the queue by the name that the application knows.
	 */
	String queue() {
		return this.queue;
	}

	String url() {
		return this.url;
	}

	String handle() {
		return this.handle;
	}

	/**
	 * Returns the service's id, which stays the same as long as the message does.
	 */
	String messageId() {
		return this.messageId;
	}

	boolean isOver() {
		return System.nanoTime() - this.endsAt >= 0;
	}

	long remaining() {
		return this.endsAt - System.nanoTime();
	}

	void extendTo(long nanoTime) {
		this.endsAt = nanoTime;
	}

}
