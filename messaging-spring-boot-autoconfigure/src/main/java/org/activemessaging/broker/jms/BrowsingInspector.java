package org.activemessaging.broker.jms;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages by looking at each of them, up to a limit.
 */
final class BrowsingInspector implements QueueInspector {

	private static final int LIMIT = 1000;

	private final JmsAdapter adapter;

	private final Session session;

	BrowsingInspector(JmsAdapter adapter, Session session) {
		this.adapter = adapter;
		this.session = session;
	}

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException {
		long end = System.nanoTime() + limit.toNanos();
		List<QueueSample> samples = new ArrayList<>();
		for (String queue : queues) {
			if (System.nanoTime() - end >= 0) {
				samples.add(QueueSample.unknown(queue, "no time left", Instant.now()));
				continue;
			}
			try {
				samples.add(inspect(queue, end));
			}
			catch (InvalidDestinationException ex) {
				samples.add(QueueSample.unknown(queue, "no such queue", Instant.now()));
			}
			catch (JMSException ex) {
				if (this.adapter.isConnectionLost(ex)) {
					throw ex;
				}
				samples.add(QueueSample.unknown(queue, OutageLog.describe(ex), Instant.now()));
			}
		}
		return samples;
	}

	@Override
	public Map<String, String> gaps() {
		String why = "a browser sees messages only";
		return Map.of("oldestAge", "the provider tells no time of sending", "inFlight", why, "consumers", why);
	}

	private QueueSample inspect(String queue, long end) throws JMSException {
		Queue destination = (Queue) this.adapter.producerDestination(this.session, Address.queue(queue));
		Instant now = Instant.now();
		Duration oldestAge = null;
		long depth = 0;
		boolean more;
		try (QueueBrowser browser = this.session.createBrowser(destination)) {
			Enumeration<?> messages = browser.getEnumeration();
			more = messages.hasMoreElements();
			while (more && depth < LIMIT && System.nanoTime() - end < 0) {
				Duration age = age(messages.nextElement(), now);
				oldestAge = (depth == 0) ? age : oldestAge;
				depth++;
				more = messages.hasMoreElements();
			}
		}
		return new QueueSample(queue, depth, !more, "browsing, at most " + LIMIT, oldestAge, null, null, now);
	}

	private static @Nullable Duration age(Object message, Instant now) throws JMSException {
		long sentAt = (message instanceof Message sent) ? sent.getJMSTimestamp() : 0;
		return (sentAt == 0) ? null : Duration.ofMillis(Math.max(0, now.toEpochMilli() - sentAt));
	}

}
