package org.activemessaging.publisher;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;

import org.springframework.jms.support.JmsUtils;

/**
 * A connection from its opening to its failure, and the destinations that nothing is
 * missed of on it.
 */
final class PublisherLink {

	private final Set<String> prepared = ConcurrentHashMap.newKeySet();

	private final Connection connection;

	private final Broker broker;

	private final Function<NamedDestination, List<Address>> groupQueues;

	private volatile boolean broken;

	PublisherLink(Connection connection, Broker broker, Function<NamedDestination, List<Address>> groupQueues) {
		this.connection = connection;
		this.broker = broker;
		this.groupQueues = groupQueues;
	}

	boolean isBroken() {
		return this.broken;
	}

	void fail() {
		this.broken = true;
	}

	// Some clients report here, too, what the broker says about a single message.
	void fail(JMSException failure) {
		if (!this.broker.adapter().isRefusal(failure)) {
			fail();
		}
	}

	/**
	 * Tells whether there is a broker at the other end at this moment.
	 */
	boolean isConnected() {
		return this.broker.adapter().isConnected(this.connection);
	}

	/**
	 * Opens what is needed to send.
	 * @param transacted whether several messages are to become durable together
	 * @return the lane
	 * @throws JMSException if the broker refuses it
	 */
	Lane createLane(boolean transacted) throws JMSException {
		Session session = transacted ? this.connection.createSession(true, Session.SESSION_TRANSACTED)
				: createSession();
		MessageProducer producer = session.createProducer(null);
		if (transacted) {
			this.broker.adapter().confirmByCommit(producer);
		}
		return new Lane(this, session, producer, transacted);
	}

	private Session createSession() throws JMSException {
		return this.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
	}

	boolean isPrepared(NamedDestination destination) {
		return this.prepared.contains(destination.name());
	}

	void prepare(NamedDestination destination) throws JMSException {
		if (isPrepared(destination)) {
			return;
		}
		List<Address> queues = this.groupQueues.apply(destination);
		if (!queues.isEmpty()) {
			Session session = createSession();
			try {
				this.broker.adapter().prepare(session, queues);
			}
			finally {
				JmsUtils.closeSession(session);
			}
		}
		this.prepared.add(destination.name());
	}

	void close() {
		this.broken = true;
		JmsUtils.closeConnection(this.connection);
	}

}
