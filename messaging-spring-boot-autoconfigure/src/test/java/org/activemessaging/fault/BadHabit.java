package org.activemessaging.fault;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.ScheduledMessage;

import org.springframework.jms.core.JmsTemplate;

/**
 * Ways to deal with a failed message that are seen in applications and break the promise.
 */
enum BadHabit {

	/**
	 * None: the failure is left to the container.
	 */
	NONE {

		@Override
		void failed(Message message, Session session, JmsTemplate template, Throwable failure) throws Throwable {
			throw failure;
		}

	},

	/**
	 * The dead letter is sent on a session of its own, then the message is rolled back.
	 */
	DEAD_LETTER_BY_TEMPLATE {

		@Override
		void failed(Message message, Session session, JmsTemplate template, Throwable failure) throws Throwable {
			template.convertAndSend("DLQ.Orders", message.getBody(String.class));
			throw failure;
		}

	},

	/**
	 * A copy is handed to the broker's scheduler in the transaction of the message.
	 */
	DELAY_BY_SCHEDULER {

		@Override
		void failed(Message message, Session session, JmsTemplate template, Throwable failure) throws JMSException {
			try (MessageProducer producer = session.createProducer(message.getJMSDestination())) {
				Message copy = session.createTextMessage(message.getBody(String.class));
				copy.setLongProperty(ScheduledMessage.AMQ_SCHEDULED_DELAY, 500);
				producer.send(copy);
			}
		}

	};

	abstract void failed(Message message, Session session, JmsTemplate template, Throwable failure) throws Throwable;

}
