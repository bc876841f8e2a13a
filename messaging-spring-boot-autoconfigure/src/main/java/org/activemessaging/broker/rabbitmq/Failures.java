package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart what the client throws: the broker's refusal of one thing, for which it
 * closes a channel, and the loss of the connection.
 */
final class Failures {

	private Failures() {
	}

	static JMSException of(String what, Throwable failure) {
		ShutdownSignalException signal = find(failure, ShutdownSignalException.class);
		if (find(failure, AuthenticationFailureException.class) != null) {
			return with(new JMSSecurityException(what + ": the broker does not accept user and password"), failure);
		}
		if (signal != null && code(signal) != 0) {
			return with(refusal(what, code(signal), text(signal), signal.isHardError()), signal);
		}
		if (find(failure, IllegalArgumentException.class) != null) {
			return with(new MessageFormatException(what + ": " + failure.getMessage()), failure);
		}
		if (find(failure, TimeoutException.class) != null && signal == null) {
			return lost(what, new IOException("no answer in time", failure));
		}
		return lost(what, failure);
	}

	private static JMSException refusal(String what, int code, String text, boolean connection) {
		String reason = what + ": " + text;
		return switch (code) {
			case AMQP.ACCESS_REFUSED, AMQP.NOT_ALLOWED -> new JMSSecurityException(reason);
			case AMQP.NOT_FOUND -> new InvalidDestinationException(reason);
			case AMQP.CONTENT_TOO_LARGE -> new MessageFormatException(reason);
			case AMQP.RESOURCE_LOCKED -> new ResourceAllocationException(reason);
			case AMQP.PRECONDITION_FAILED ->
				text.contains("message size") ? new MessageFormatException(reason) : new JMSException(reason);
			default -> connection ? lost(reason, null) : new JMSException(reason);
		};
	}

	/**
	 * Returns the code of the broker's refusal.
	 * @param failure what the client threw
	 * @return the code, 0 if the broker has not refused anything
	 */
	static int code(Throwable failure) {
		ShutdownSignalException signal = find(failure, ShutdownSignalException.class);
		Method reason = (signal != null && !signal.isInitiatedByApplication()) ? signal.getReason() : null;
		if (reason instanceof AMQP.Channel.Close close) {
			return close.getReplyCode();
		}
		return (reason instanceof AMQP.Connection.Close close) ? close.getReplyCode() : 0;
	}

	static String text(Throwable failure) {
		ShutdownSignalException signal = find(failure, ShutdownSignalException.class);
		Method reason = (signal != null) ? signal.getReason() : null;
		if (reason instanceof AMQP.Channel.Close close) {
			return close.getReplyText();
		}
		return (reason instanceof AMQP.Connection.Close close) ? close.getReplyText() : "";
	}

	static JMSException lost(String what, @Nullable Throwable cause) {
		IOException io = (cause instanceof IOException ex) ? ex : new IOException("connection lost", cause);
		return with(new JMSException(what + ": the connection is lost"), io);
	}

	/**
	 * Nobody knows what has become of it.
	 */
	static JMSException unanswered(String what, Throwable cause) {
		return with(new JMSException(what), new IOException("no answer", cause));
	}

	static IllegalStateException closed(String what) {
		return new IllegalStateException("The " + what + " is closed");
	}

	private static <T extends JMSException> T with(T exception, Throwable cause) {
		if (exception.getCause() == null) {
			exception.initCause(cause);
		}
		return exception;
	}

	private static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
		Throwable cause = failure;
		while (cause != null && !type.isInstance(cause)) {
			cause = cause.getCause();
		}
		return (cause != null) ? type.cast(cause) : null;
	}

}
