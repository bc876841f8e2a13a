package org.activemessaging.broker.rabbitmq;

import com.rabbitmq.jms.client.message.RMQTextMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A text message that is the same as no other.
 */
final class RabbitMqTextMessage extends RMQTextMessage implements Received.Receivable {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Received received;

	RabbitMqTextMessage(@Nullable Received received) {
		this.received = received;
	}

	@Override
	public @Nullable Received received() {
		return this.received;
	}

	void makeReadOnly() {
		setReadonly(true);
	}

	@Override
	public void setObjectProperty(String name, Object value) throws JMSException {
		try {
			super.setObjectProperty(name, value);
		}
		catch (MessageFormatException ex) {
			throw ex;
		}
		catch (JMSException ex) {
			throw AmqpMessages.refused(name, ex);
		}
	}

	@Override
	public void acknowledge() throws JMSException {
		if (this.received != null) {
			this.received.acknowledgement().of(this.received.deliveryTag());
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
