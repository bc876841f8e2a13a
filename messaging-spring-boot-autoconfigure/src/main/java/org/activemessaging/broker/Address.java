package org.activemessaging.broker;

/**
 * The physical place of messages on a broker.
 *
 * @param name the physical name, without a prefix such as {@code /queue/}
 * @param topic whether the place is a topic, else a queue
 * @since 0.1.0
 */
public record Address(String name, boolean topic) {

	/**
	 * Returns the address of a queue.
	 * @param name its physical name
	 * @return the address
	 */
	public static Address queue(String name) {
		return new Address(name, false);
	}

	/**
	 * Returns the address of a topic.
	 * @param name its physical name
	 * @return the address
	 */
	public static Address topic(String name) {
		return new Address(name, true);
	}

	@Override
	public String toString() {
		return (this.topic ? "topic " : "queue ") + this.name;
	}

}
