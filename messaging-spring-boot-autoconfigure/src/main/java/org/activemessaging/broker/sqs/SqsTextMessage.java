package org.activemessaging.broker.sqs;

import java.util.Enumeration;

import com.amazon.sqs.javamessaging.message.SQSTextMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * A text.
 */
final class SqsTextMessage extends SQSTextMessage implements SqsMessage {

	private final SqsState state;

	SqsTextMessage(SqsState state, @Nullable String text) throws JMSException {
		super(text);
		this.state = state;
	}

	@Override
	public String body() throws JMSException {
		String text = getText();
		return (text != null) ? text : "";
	}

	@Override
	public SqsState state() {
		return this.state;
	}

	@Override
	public String type() {
		return TEXT_MESSAGE_TYPE;
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
