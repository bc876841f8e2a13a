package org.activemessaging.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConnectionGuard;
import org.activemessaging.broker.QueueBrowsing;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Looks at the head of queues that give reason to, on threads of its own, as a client may
 * wait for its broker without a bound. What a broker does not show stays unknown.
 */
final class QueueHeads {

	private static final Log logger = LogFactory.getLog(QueueHeads.class);

	/**
	 * So many messages a broker looks at for a consumer: ActiveMQ's default page.
	 */
	private static final int HEAD = 200;

	private final Map<Place, QueueHead> heads = new ConcurrentHashMap<>();

	private final Map<String, ConnectionGuard> busy = new ConcurrentHashMap<>();

	private final Duration interval;

	private @Nullable ExecutorService executor;

	/**
	 * Creates what looks at queues.
	 * @param interval how often at the same queue at most
	 */
	QueueHeads(Duration interval) {
		this.interval = interval;
	}

	synchronized void start() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-doctor-look-");
		threads.setDaemon(true);
		this.executor = Executors.newCachedThreadPool(threads);
	}

	synchronized void stop() {
		ExecutorService executor = this.executor;
		if (executor != null) {
			executor.shutdownNow();
		}
		this.executor = null;
		this.busy.values().forEach((guard) -> guard.closeUnlessEnded("messaging-doctor-close"));
	}

	/**
	 * Returns what was seen last.
	 * @return what was seen, or {@code null} if nobody looked lately
	 */
	@Nullable QueueHead get(Broker broker, Address queue) {
		return this.heads.get(new Place(broker.name(), queue.name()));
	}

	void forget(Broker broker, Address queue) {
		this.heads.remove(new Place(broker.name(), queue.name()));
	}

	/**
	 * Has a queue looked at, unless that was done just now or the broker is busy.
	 * @param broker the broker
	 * @param queue the queue
	 * @param selectors the selectors to try
	 */
	synchronized void look(Broker broker, Address queue, Set<String> selectors) {
		ExecutorService executor = this.executor;
		QueueHead head = get(broker, queue);
		boolean fresh = head != null && Duration.between(head.at(), Instant.now()).compareTo(this.interval) < 0;
		if (executor == null || fresh || !(broker.adapter() instanceof QueueBrowsing browsing)) {
			return;
		}
		ConnectionGuard guard = new ConnectionGuard();
		if (this.busy.putIfAbsent(broker.name(), guard) == null) {
			try {
				executor.execute(() -> look(broker, queue, selectors, browsing, guard));
			}
			catch (RejectedExecutionException ex) {
				this.busy.remove(broker.name());
			}
		}
	}

	private void look(Broker broker, Address queue, Set<String> selectors, QueueBrowsing browsing,
			ConnectionGuard guard) {
		Connection connection = null;
		try {
			connection = guard.open(broker);
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			List<Message> messages = browsing.browse(session, queue, HEAD);
			Map<String, Integer> matches = new LinkedHashMap<>();
			if (!selectors.isEmpty()) {
				Queue destination = (Queue) broker.adapter().producerDestination(session, queue);
				for (String selector : selectors) {
					matches.put(selector, matches(session, destination, selector, ids(messages)));
				}
			}
			this.heads.put(new Place(broker.name(), queue.name()), head(messages, matches));
		}
		catch (JMSException | RuntimeException ex) {
			logger.debug("The head of " + queue + " cannot be seen", ex);
			this.heads.put(new Place(broker.name(), queue.name()), new QueueHead(Instant.now(), 0, null, Map.of()));
		}
		finally {
			JmsUtils.closeConnection(connection);
			this.busy.remove(broker.name());
		}
	}

	private static Set<String> ids(List<Message> messages) throws JMSException {
		Set<String> ids = new HashSet<>();
		for (Message message : messages) {
			ids.add(message.getJMSMessageID());
		}
		return ids;
	}

	// The broker decides what matches, not we; but it may show more than the head.
	private static int matches(Session session, Queue queue, String selector, Set<String> head) throws JMSException {
		int matches = 0;
		try (QueueBrowser browser = session.createBrowser(queue, selector)) {
			var messages = browser.getEnumeration();
			for (int i = 0; i < HEAD && messages.hasMoreElements(); i++) {
				if (head.contains(((Message) messages.nextElement()).getJMSMessageID())) {
					matches++;
				}
			}
		}
		return matches;
	}

	private static QueueHead head(List<Message> messages, Map<String, Integer> matches) throws JMSException {
		Set<String> groups = new HashSet<>();
		int ungrouped = 0;
		for (Message message : messages) {
			String group = message.getStringProperty("JMSXGroupID");
			if (group == null) {
				ungrouped++;
			}
			else {
				groups.add(group);
			}
		}
		boolean single = groups.size() == 1 && ungrouped == 0;
		return new QueueHead(Instant.now(), messages.size(), single ? groups.iterator().next() : null,
				Map.copyOf(matches));
	}

	private record Place(String broker, String queue) {
	}

}
