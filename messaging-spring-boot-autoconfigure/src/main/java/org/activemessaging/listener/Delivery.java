package org.activemessaging.listener;

import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.AbortMessageException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.PayloadTooLargeException;
import org.activemessaging.RejectMessageException;
import org.activemessaging.processor.UnconvertibleMessageException;
import org.activemessaging.redelivery.FailureKind;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * What the inbound flow asks about a message and its failure.
 *
 * @since 0.1.0
 */
public final class Delivery {

	private Delivery() {
	}

	/**
	 * Returns how often the processing of a message has failed.
	 * @param message the message
	 * @param max the largest number that makes sense
	 * @return the number, as its header says
	 * @throws JMSException if the message cannot be read
	 */
	public static int attempts(Message message, int max) throws JMSException {
		// Anybody can write the header: what is no sensible number must neither stop the
		// queue nor give the message more tries than others.
		return (message.getObjectProperty(MessagingHeaders.ATTEMPT) instanceof Number attempts)
				? (int) Math.max(0, Math.min(attempts.longValue(), max)) : 0;
	}

	static boolean isSuspect(Message message) throws JMSException {
		return message.getObjectProperty(MessagingHeaders.SUSPECT) != null;
	}

	static boolean isGrouped(Message message) throws JMSException {
		return message.getStringProperty(MessagingHeaders.GROUP) != null;
	}

	/**
	 * Returns how long a message has waited.
	 * @param message the message
	 * @param startedAt when work on it began, by {@link System#nanoTime()}
	 * @return the time from when it was sent until then, in milliseconds by the clocks of
	 * both sides, or a negative number if it is unknown
	 * @throws JMSException if the message cannot be read
	 */
	public static long waitMillis(Message message, long startedAt) throws JMSException {
		long sentAt = message.getJMSTimestamp();
		long work = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
		return (sentAt > 0) ? Math.max(0, System.currentTimeMillis() - work - sentAt) : -1;
	}

	/**
	 * Returns the id of a message.
	 * @param message the message
	 * @return ours if it has one, else that of the broker's client
	 * @throws JMSException if the message cannot be read
	 */
	public static String id(Message message) throws JMSException {
		String id = message.getStringProperty(MessagingHeaders.ID);
		return (id != null) ? id : String.valueOf((@Nullable Object) message.getJMSMessageID());
	}

	/**
	 * Tells what kind of failure something is.
	 * @param failure what was thrown
	 * @return its kind
	 */
	public static FailureKind kind(Throwable failure) {
		if (failure instanceof AbortMessageException) {
			return FailureKind.ABORTED;
		}
		if (failure instanceof RejectMessageException) {
			return FailureKind.REJECTED;
		}
		if (failure instanceof UnconvertibleMessageException || failure instanceof UnreadableMessageException) {
			return FailureKind.UNCONVERTIBLE;
		}
		if (failure instanceof PayloadTooLargeException) {
			return FailureKind.PAYLOAD_TOO_LARGE;
		}
		if (failure instanceof CrashSuspectException) {
			return FailureKind.CRASH_SUSPECT;
		}
		return FailureKind.HANDLER;
	}

	/**
	 * Thrown when the body of a message cannot be read.
	 */
	static final class UnreadableMessageException extends MessageConversionException {

		private static final long serialVersionUID = 1L;

		UnreadableMessageException(Throwable cause) {
			super(String.valueOf(cause.getMessage()), cause);
		}

	}

}
