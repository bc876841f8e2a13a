package org.activemessaging.broker.rabbitmq;

import com.rabbitmq.jms.client.message.RMQBytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A message of bytes that is the same as no other.
 */
final class RabbitMqBytesMessage extends RMQBytesMessage implements Received.Receivable {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Received received;

	RabbitMqBytesMessage(@Nullable Received received) {
		this.received = received;
	}

	@Override
	public @Nullable Received received() {
		return this.received;
	}

	void fill(byte[] body) {
		readAmqpBody(body);
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
