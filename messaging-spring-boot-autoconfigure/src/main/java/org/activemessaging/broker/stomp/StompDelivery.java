package org.activemessaging.broker.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message that the broker has handed to a consumer, and hears of on the same socket
 * only.
 */
final class StompDelivery {

	private final StompConsumer consumer;

	private final StompSocket socket;

	private final StompFrame frame;

	private final int redeliveries;

	StompDelivery(StompConsumer consumer, StompSocket socket, StompFrame frame, int redeliveries) {
		this.consumer = consumer;
		this.socket = socket;
		this.frame = frame;
		this.redeliveries = redeliveries;
	}

	StompConsumer consumer() {
		return this.consumer;
	}

	StompSocket socket() {
		return this.socket;
	}

	StompFrame frame() {
		return this.frame;
	}

	int redeliveries() {
		return this.redeliveries;
	}

	StompDelivery again() {
		return new StompDelivery(this.consumer, this.socket, this.frame, this.redeliveries + 1);
	}

	/**
	 * Returns the frame that acknowledges this message and no other.
	 * @param transaction the transaction that the frame belongs to
	 */
	StompFrame acknowledgement(@Nullable String transaction) {
		Map<String, String> headers = new LinkedHashMap<>();
		String id = this.frame.header("message-id", "");
		if (this.socket.version() == StompVersion.V1_2) {
			headers.put("id", this.frame.header("ack", id));
		}
		else {
			headers.put("message-id", id);
			headers.put("subscription", this.frame.header("subscription", ""));
		}
		if (transaction != null) {
			headers.put("transaction", transaction);
		}
		return StompFrame.of("ACK", headers);
	}

}
