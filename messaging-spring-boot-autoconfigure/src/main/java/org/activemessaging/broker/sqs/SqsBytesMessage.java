package org.activemessaging.broker.sqs;

import java.util.Base64;
import java.util.Enumeration;

import com.amazon.sqs.javamessaging.message.SQSBytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes, which travel as Base64.
 */
final class SqsBytesMessage extends SQSBytesMessage implements SqsMessage {

	private final SqsState state;

	SqsBytesMessage(SqsState state, byte @Nullable [] received) throws JMSException {
		this.state = state;
		if (received != null) {
			writeBytes(received);
			reset();
		}
	}

	@Override
	public String body() throws JMSException {
		return Base64.getEncoder().encodeToString(getBodyAsBytes());
	}

	@Override
	public SqsState state() {
		return this.state;
	}

	@Override
	public String type() {
		return BYTE_MESSAGE_TYPE;
	}

	@Override
	public void clearProperties() throws JMSException {
		this.state.clear();
	}

	@Override
	public boolean propertyExists(String name) throws JMSException {
		return this.state.contains(name);
	}

	@Override
	public @Nullable Object getObjectProperty(String name) throws JMSException {
		return this.state.get(name);
	}

	@Override
	public Enumeration<String> getPropertyNames() throws JMSException {
		return this.state.names();
	}

	@Override
	public void setObjectProperty(String name, @Nullable Object value) throws JMSException {
		this.state.set(name, value);
	}

	@Override
	public @Nullable Destination getJMSReplyTo() throws JMSException {
		return this.state.replyTo();
	}

	@Override
	public void setJMSReplyTo(@Nullable Destination replyTo) throws JMSException {
		this.state.replyTo(replyTo);
	}

	@Override
	public void acknowledge() throws JMSException {
		this.state.acknowledge();
	}

}
