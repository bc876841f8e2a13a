package org.activemessaging.broker.sqs;

import java.io.Serializable;
import java.util.Enumeration;

import com.amazon.sqs.javamessaging.message.SQSObjectMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A serialised object of a foreign client, which nobody deserialises: it can only be
 * moved.
 */
final class SqsObjectMessage extends SQSObjectMessage implements SqsMessage {

	private final SqsState state;

	private final String body;

	SqsObjectMessage(SqsState state, String body) throws JMSException {
		this.state = state;
		this.body = body;
	}

	@Override
	public Serializable getObject() throws JMSException {
		throw new MessageFormatException("Serialised Java objects are not accepted");
	}

	@Override
	public String body() {
		return this.body;
	}

	@Override
	public SqsState state() {
		return this.state;
	}

	@Override
	public String type() {
		return OBJECT_MESSAGE_TYPE;
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
