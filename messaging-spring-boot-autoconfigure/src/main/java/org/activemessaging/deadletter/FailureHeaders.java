package org.activemessaging.deadletter;

import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.broker.MessageMove;
import org.activemessaging.destination.ConcreteSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is known about a failure into the headers of a message that is moved.
 *
 * @since 0.1.0
 */
public final class FailureHeaders {

	private static final int MAX_MESSAGE_LENGTH = 512;

	private static final List<String> OF_A_FAILURE = List.of(MessagingHeaders.ATTEMPT, MessagingHeaders.SUSPECT,
			MessagingHeaders.FIRST_FAILURE_AT, MessagingHeaders.LAST_FAILURE_AT, MessagingHeaders.FAILURE_KIND,
			MessagingHeaders.EXCEPTION_CLASS, MessagingHeaders.EXCEPTION_MESSAGE, MessagingHeaders.STACK,
			MessagingHeaders.CAUSE, MessagingHeaders.HOST, MessagingHeaders.APPLICATION_VERSION,
			MessagingHeaders.PROCESSOR, MessagingHeaders.DELIVERY_COUNT, MessagingHeaders.OPERATION);

	private FailureHeaders() {
	}

	/**
	 * Writes where the message came from and how often it failed.
	 * @param move the move
	 * @param message the message as it was received
	 * @param letter what is known about the failure
	 * @throws JMSException if the message cannot be read
	 */
	public static void write(MessageMove move, Message message, DeadLetter letter) throws JMSException {
		long now = System.currentTimeMillis();
		String messageId = message.getJMSMessageID();
		if (messageId != null) {
			move.headerIfAbsent(MessagingHeaders.ID, messageId);
			move.headerIfAbsent(MessagingHeaders.ORIGINAL_MESSAGE_ID, messageId);
		}
		move.headerIfAbsent(MessagingHeaders.ORIGINAL_TIMESTAMP, message.getJMSTimestamp());
		if (message.getJMSExpiration() != 0) {
			move.headerIfAbsent(MessagingHeaders.ORIGINAL_EXPIRATION, message.getJMSExpiration());
		}
		move.header(MessagingHeaders.ORIGINAL_DESTINATION, letter.destination().name());
		move.header(MessagingHeaders.ORIGINAL_ADDRESS, letter.source().name());
		String concrete = new ConcreteSource(letter.destination(), letter.source()).name(message);
		if (concrete != null) {
			move.header(MessagingHeaders.SOURCE, concrete);
		}
		if (letter.group() != null) {
			move.header(MessagingHeaders.ORIGINAL_GROUP, letter.group());
		}
		move.header(MessagingHeaders.ATTEMPT, letter.attempt());
		move.headerIfAbsent(MessagingHeaders.FIRST_FAILURE_AT, now);
		move.header(MessagingHeaders.LAST_FAILURE_AT, now);
		move.header(MessagingHeaders.PROCESSOR, letter.processor());
		if (letter.trace() != null) {
			move.header(MessagingHeaders.FAILED_TRACE, letter.trace());
		}
		if (message.getObjectProperty("JMSXDeliveryCount") instanceof Number count) {
			move.header(MessagingHeaders.DELIVERY_COUNT, count.intValue());
		}
	}

	static void writeCause(MessageMove move, Message message, DeadLetter letter, DeadLetters.Place place)
			throws JMSException {
		move.header(MessagingHeaders.FAILURE_KIND, letter.kind());
		move.header(MessagingHeaders.EXCEPTION_CLASS, letter.failure().getClass().getName());
		move.header(MessagingHeaders.EXCEPTION_MESSAGE, clean(letter.failure().getMessage()));
		move.header(MessagingHeaders.STACK, StackText.of(letter.failure()));
		move.header(MessagingHeaders.CAUSE, Fingerprint.of(letter.failure(), MessageType.of(message)));
		move.header(MessagingHeaders.HOST, place.host());
		if (place.applicationVersion() != null) {
			move.header(MessagingHeaders.APPLICATION_VERSION, clean(place.applicationVersion()));
		}
	}

	/**
	 * Takes everything off a message that its failure has written, so that it has all its
	 * tries again. What it is and where it came from stays.
	 * @param move the move
	 */
	public static void forget(MessageMove move) {
		OF_A_FAILURE.forEach(move::without);
	}

	/**
	 * Makes a text safe for a header, a log line or a page.
	 * @param text the text
	 * @return the text without control characters and without what looks like
	 * credentials, at most 512 characters long
	 */
	public static String clean(@Nullable String text) {
		if (text == null) {
			return "";
		}
		return cut(plain(text), MAX_MESSAGE_LENGTH);
	}

	static String plain(String text) {
		return BrokerUrl.redact(cut(text, 8 * MAX_MESSAGE_LENGTH).replaceAll("\\p{Cntrl}", " "));
	}

	private static String cut(String text, int length) {
		return (text.length() > length) ? text.substring(0, length) : text;
	}

}
