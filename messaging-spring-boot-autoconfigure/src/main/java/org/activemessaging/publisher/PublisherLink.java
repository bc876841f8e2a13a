package org.activemessaging.publisher;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.LiveConnection;
import org.activemessaging.destination.NamedDestination;

import org.springframework.jms.support.JmsUtils;

/**
 * A connection, and the destinations that nothing is missed of on it.
 */
final class PublisherLink {

	private final Set<String> prepared = ConcurrentHashMap.newKeySet();

	private final LiveConnection live;

	private final BrokerAdapter adapter;

	private final Function<NamedDestination, List<Address>> groupQueues;

	PublisherLink(LiveConnection live, BrokerAdapter adapter, Function<NamedDestination, List<Address>> groupQueues) {
		this.live = live;
		this.adapter = adapter;
		this.groupQueues = groupQueues;
	}

	boolean isBroken() {
		return this.live.isBroken();
	}

	void fail() {
		this.live.fail();
	}

	/**
	 * Tells whether there is a broker at the other end at this moment.
	 */
	boolean isConnected() {
		return this.live.isConnected();
	}

	/**
	 * Opens what is needed to send.
	 * @param transacted whether several messages are to become durable together
	 * @return the lane
	 * @throws JMSException if the broker refuses it
	 */
	Lane createLane(boolean transacted) throws JMSException {
		Session session = transacted ? this.live.connection().createSession(true, Session.SESSION_TRANSACTED)
				: createSession();
		MessageProducer producer = session.createProducer(null);
		if (transacted) {
			this.adapter.confirmByCommit(producer);
		}
		return new Lane(this, session, producer, transacted);
	}

	private Session createSession() throws JMSException {
		return this.live.connection().createSession(false, Session.AUTO_ACKNOWLEDGE);
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
				this.adapter.prepare(session, queues);
			}
			finally {
				JmsUtils.closeSession(session);
			}
		}
		this.prepared.add(destination.name());
	}

	void close() {
		this.live.close();
	}

	/**
	 * Closes the connection on a thread of its own.
	 * @param name the name of the thread
	 * @return the thread
	 */
	Thread closeElsewhere(String name) {
		return this.live.closeElsewhere(name);
	}

}
