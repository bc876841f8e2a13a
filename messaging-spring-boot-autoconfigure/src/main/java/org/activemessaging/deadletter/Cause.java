package org.activemessaging.deadletter;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.NativeDeadLetters;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is in the dead letters, as its headers say. Also of messages that the
 * broker itself, or somebody else, has put there.
 *
 * @param fingerprint what it has in common with others of the same cause
 * @param exception the class name of the exception, or what is known instead
 * @param message the message of the exception
 * @param stack where it failed, a line each
 * @param messageType the type of the message
 * @param processor the id of the processor that failed
 * @param attempts how often the message was tried
 * @param at when it failed last, or was sent
 * @param applicationVersion the version of the application
 * @since 0.1.0
 */
public record Cause(String fingerprint, String exception, @Nullable String message, List<String> stack,
		String messageType, @Nullable String processor, @Nullable Integer attempts, Instant at,
		@Nullable String applicationVersion) {

	/**
	 * Reads the cause.
	 * @param message a message of a dead-letter queue
	 * @param adapter the adapter of its broker
	 * @return its cause
	 * @throws JMSException if the message cannot be read
	 */
	public static Cause of(Message message, BrokerAdapter adapter) throws JMSException {
		String messageType = MessageType.of(message);
		String exception = text(message, MessagingHeaders.EXCEPTION_CLASS);
		String detail = text(message, MessagingHeaders.EXCEPTION_MESSAGE);
		if (exception == null) {
			exception = "given up by the broker";
			String reason = (adapter instanceof NativeDeadLetters own) ? own.reason(message) : null;
			detail = (reason != null) ? FailureHeaders.clean(reason) : null;
		}
		String fingerprint = text(message, MessagingHeaders.CAUSE);
		String stack = text(message, MessagingHeaders.STACK);
		return new Cause((fingerprint != null) ? fingerprint : Fingerprint.of(exception, messageType), exception,
				detail, (stack != null) ? Arrays.asList(stack.split(" \\| ")) : List.of(), messageType,
				text(message, MessagingHeaders.PROCESSOR), number(message, MessagingHeaders.ATTEMPT), at(message),
				text(message, MessagingHeaders.APPLICATION_VERSION));
	}

	/**
	 * Returns the fingerprint of a failure, as it is written when the message is given
	 * up.
	 * @param failure the failure
	 * @param message the message
	 * @return the fingerprint
	 * @throws JMSException if the message cannot be read
	 */
	public static String fingerprint(Throwable failure, Message message) throws JMSException {
		return Fingerprint.of(failure, MessageType.of(message));
	}

	/**
	 * Tells whether the broker has put a message into its own dead letters only because
	 * it had it already.
	 * @param message a message of a dead-letter queue
	 * @param adapter the adapter of its broker
	 * @return whether nothing is lost without it
	 * @throws JMSException if the message cannot be read
	 */
	public static boolean isSuppressedDuplicate(Message message, BrokerAdapter adapter) throws JMSException {
		return adapter instanceof NativeDeadLetters own && own.isDuplicate(message)
				&& message.getObjectProperty(MessagingHeaders.FAILURE_KIND) == null;
	}

	/**
	 * Returns the queue that a message was given up in.
	 * @param message a message of a dead-letter queue
	 * @param adapter the adapter of its broker
	 * @return the physical name, or {@code null} if nobody has written it down
	 * @throws JMSException if the message cannot be read
	 */
	public static @Nullable String origin(Message message, BrokerAdapter adapter) throws JMSException {
		String ours = message.getStringProperty(MessagingHeaders.ORIGINAL_ADDRESS);
		return (ours == null && adapter instanceof NativeDeadLetters own) ? own.origin(message) : ours;
	}

	/**
	 * Returns the frames of the application.
	 * @return lines of the stack
	 */
	public List<String> frames() {
		return this.stack.stream()
			.filter((line) -> line.startsWith(StackText.FRAME))
			.map((line) -> line.substring(StackText.FRAME.length()))
			.filter(StackText::isOfTheApplication)
			.toList();
	}

	private static @Nullable String text(Message message, String name) throws JMSException {
		Object value = message.getObjectProperty(name);
		return (value != null) ? FailureHeaders.plain(value.toString()) : null;
	}

	private static @Nullable Integer number(Message message, String name) throws JMSException {
		return (message.getObjectProperty(name) instanceof Number number) ? (Integer) number.intValue() : null;
	}

	private static Instant at(Message message) throws JMSException {
		Object at = message.getObjectProperty(MessagingHeaders.LAST_FAILURE_AT);
		return Instant.ofEpochMilli((at instanceof Number number) ? number.longValue() : message.getJMSTimestamp());
	}

}
