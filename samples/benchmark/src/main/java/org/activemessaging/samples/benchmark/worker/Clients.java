package org.activemessaging.samples.benchmark.worker;

import com.rabbitmq.jms.admin.RMQConnectionFactory;
import com.rabbitmq.jms.admin.RMQDestination;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;

/**
 * The vendors' own clients, as those who know them would set them up.
 */
final class Clients {

	// What rabbitmq-jms hands ahead is without a bound by default.
	private static final int RABBITMQ_QOS = 100;

	private Clients() {
	}

	static ConnectionFactory connectionFactory(Setup setup) throws JMSException {
		return switch (setup.adapter()) {
			case "activemq" -> new ActiveMQConnectionFactory(setup.url());
			case "artemis" -> new ActiveMQJMSConnectionFactory(setup.url());
			case "rabbitmq" -> rabbitMq(setup);
			default -> throw new IllegalArgumentException(setup.adapter());
		};
	}

	private static ConnectionFactory rabbitMq(Setup setup) throws JMSException {
		RMQConnectionFactory factory = new RMQConnectionFactory();
		factory.setUri(setup.url());
		factory.setUsername(setup.user());
		factory.setPassword(setup.password());
		factory.setChannelsQos(RABBITMQ_QOS);
		return factory;
	}

	static Queue queue(Setup setup, Session session, String name) throws JMSException {
		return setup.adapter().equals("rabbitmq") ? rabbitMqQueue(name) : session.createQueue(name);
	}

	// The queue that is there, instead of one of a kind of its own.
	private static Queue rabbitMqQueue(String name) {
		return new RMQDestination(name, "", name, name);
	}

}
