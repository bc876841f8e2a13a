package org.activemessaging.publisher;

/**
 * How a message goes on when it has passed the filters and leaves now.
 */
@FunctionalInterface
interface Departure {

	/**
	 * It is sent, and the broker's word waited for.
	 */
	Departure NOW = PublisherConnection::send;

	void leave(PublisherConnection connection, OutboundMessage message);

	/**
	 * Tells whether it goes in no transaction, not even in that of the message in work.
	 */
	default boolean apart() {
		return false;
	}

	/**
	 * Returns the same, apart from all transactions.
	 * @param departure how it goes
	 */
	static Departure apart(Departure departure) {
		return new Departure() {

			@Override
			public void leave(PublisherConnection connection, OutboundMessage message) {
				departure.leave(connection, message);
			}

			@Override
			public boolean apart() {
				return true;
			}

		};
	}

}
