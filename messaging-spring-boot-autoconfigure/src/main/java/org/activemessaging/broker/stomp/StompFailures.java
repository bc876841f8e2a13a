package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.netty.handler.codec.DecoderException;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;
import org.activemessaging.broker.BrokerUrl;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions, by what a broker says or does.
 */
final class StompFailures {

	private static final int LONGEST_TEXT = 500;

	private static final String ARTEMIS_SEND = "AMQ339011 Error";

	private static final String ARTEMIS_SUBSCRIBE = "AMQ339016 ";

	private static final Pattern SECURITY = Pattern
		.compile("not authorized|unauthori[sz]ed|access[_ ]refused|access denied|bad connect|permission"
				+ "|security|authenticat|password|invalid credentials|login failed|amq2290(31|32)|amq229213");

	// "Broker: localhost - Client: c already connected from tcp://127.0.0.1:50012".
	private static final Pattern CLIENT_ID = Pattern.compile("client: .* already connected");

	private StompFailures() {
	}

	/**
	 * Makes the exception for a frame with which a broker ends a connection.
	 * @param error the frame
	 * @param secret what must not be shown
	 */
	static JMSException of(StompFrame error, @Nullable String secret) {
		String said = error.header("message", "");
		if (said.startsWith(ARTEMIS_SEND)) {
			// What follows are all headers of the message, and no word of the reason.
			return new ResourceAllocationException("The broker answered: " + ARTEMIS_SEND
					+ " sending message. It does not say why: there is no right to send there, or the address is full");
		}
		String body = error.text().strip();
		String firstLine = body.lines().findFirst().orElse("");
		if (said.startsWith(ARTEMIS_SUBSCRIBE)) {
			return new JMSException("The broker answered: " + said
					+ ". It does not say why: there is no such queue and no right to create it, or none to consume");
		}
		String text = said + ((firstLine.isEmpty() || said.contains(firstLine)) ? "" : ": " + firstLine);
		String clean = "The broker answered: " + clean(text, secret);
		String lower = text.toLowerCase(Locale.ROOT);
		if (SECURITY.matcher(lower).find()) {
			return new JMSSecurityException(clean);
		}
		if (CLIENT_ID.matcher(lower).find()) {
			return new InvalidClientIDException(clean);
		}
		if (lower.contains("not_found") || lower.contains("not found") || lower.contains("does not exist")) {
			return new InvalidDestinationException(clean);
		}
		if (lower.contains("is full") || lower.contains("amq229102")) {
			return new ResourceAllocationException(clean);
		}
		if (lower.contains("maximum") && lower.contains("exceeded")) {
			return new MessageFormatException(clean);
		}
		return new JMSException(clean);
	}

	static String clean(String text, @Nullable String secret) {
		String plain = (secret != null && !secret.isEmpty()) ? text.replace(secret, "***") : text;
		String redacted = BrokerUrl.redact(plain.replaceAll("\\p{Cntrl}", " "));
		return (redacted.length() > LONGEST_TEXT) ? redacted.substring(0, LONGEST_TEXT) : redacted;
	}

	/**
	 * Makes the exception of a connection that is gone.
	 */
	static JMSException lost(String text, @Nullable Throwable cause) {
		Throwable reason = (cause instanceof DecoderException && cause.getCause() != null) ? cause.getCause() : cause;
		String detail = (reason != null && reason.getMessage() != null) ? ": " + reason.getMessage() : "";
		JMSException failure = new JMSException(BrokerUrl.redact(text + detail));
		failure.initCause((reason instanceof IOException) ? reason : new IOException(text + detail, reason));
		return failure;
	}

	/**
	 * Makes the exception of a session that the broker has ended before.
	 */
	static JMSException ended(JMSException failure) {
		JMSException ended = new JMSException("The connection was ended. " + failure.getMessage());
		IllegalStateException state = new IllegalStateException(String.valueOf(failure.getMessage()));
		state.initCause(failure);
		ended.initCause(state);
		return ended;
	}

	static IllegalStateException closed(String what) {
		return new IllegalStateException("The " + what + " is closed");
	}

}
