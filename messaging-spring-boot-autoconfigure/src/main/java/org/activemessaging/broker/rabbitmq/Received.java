package org.activemessaging.broker.rabbitmq;

import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * What a message keeps of how it was received.
 *
 * @param deliveryTag its number on its channel
 * @param exchange the exchange that it was published to
 * @param routingKey the key that it was published with
 * @param properties its properties of AMQP
 * @param carried its headers that Jakarta Messaging cannot show; they stay with it when
 * it is sent on
 * @param acknowledgement what acknowledges it
 */
record Received(long deliveryTag, String exchange, String routingKey, BasicProperties properties,
		Map<String, Object> carried, Acknowledgement acknowledgement) {

	/**
	 * Acknowledges a message, and those before it where the session says so.
	 */
	@FunctionalInterface
	interface Acknowledgement {

		/**
		 * Acknowledges it.
		 * @param deliveryTag the number of the message
		 * @throws JMSException if the broker cannot be told
		 */
		void of(long deliveryTag) throws JMSException;

	}

	/**
	 * A message that may have been received.
	 */
	interface Receivable {

		/**
		 * Returns how it was received, or {@code null} if it was created here.
		 */
		@Nullable Received received();

	}

}
