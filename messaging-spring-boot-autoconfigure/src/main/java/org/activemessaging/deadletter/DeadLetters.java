package org.activemessaging.deadletter;

import java.net.InetAddress;
import java.net.UnknownHostException;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.MessageMove;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters: the message itself, body and headers unchanged, with the cause in
 * headers of its own. It is sent on the session that received it, so it arrives together
 * with the acknowledgement or not at all.
 *
 * @since 0.1.0
 */
public final class DeadLetters {

	private final Place place;

	/**
	 * Creates dead letters.
	 * @param applicationVersion the version of the application, or {@code null} if it is
	 * not known
	 */
	public DeadLetters(@Nullable String applicationVersion) {
		this.place = new Place(hostName(), applicationVersion);
	}

	/**
	 * Moves a message to its dead-letter queue.
	 * @param transaction the transaction in which the message was received
	 * @param message the message as it was received
	 * @param letter why it is given up
	 * @throws JMSException if the broker refuses it; the transaction is to be rolled back
	 */
	public void add(ConsumerTransaction transaction, Message message, DeadLetter letter) throws JMSException {
		MessageMove move = new MessageMove(message).keepForEver();
		FailureHeaders.write(move, message, letter);
		FailureHeaders.writeCause(move, message, letter, this.place);
		move.to(transaction.broker(), transaction.session(), transaction.producer(), letter.address());
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	/**
	 * Where messages are given up.
	 *
	 * @param host the name of the host
	 * @param applicationVersion the version of the application, if it is known
	 */
	record Place(String host, @Nullable String applicationVersion) {
	}

}
