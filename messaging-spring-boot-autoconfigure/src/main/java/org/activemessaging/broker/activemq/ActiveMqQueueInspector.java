package org.activemessaging.broker.activemq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker's statistics plugin, and browses where the broker has none. Neither
 * needs JMX.
 *
 * @see <a href=
 * "https://activemq.apache.org/components/classic/documentation/statisticsplugin"> The
 * statistics plugin</a>
 */
final class ActiveMqQueueInspector implements QueueInspector {

	private static final Log logger = LogFactory.getLog(ActiveMqQueueInspector.class);

	// The broker's default 'maxBrowsePageSize': a browser is never shown more.
	private static final int BROWSE_LIMIT = 400;

	// A request that no plugin takes stays in a queue of its name; it has to vanish by
	// itself.
	private static final long REQUEST_TIME_TO_LIVE = 500;

	private static final String PROBE = "messaging.probe";

	private static final String REQUEST_PREFIX = "ActiveMQ.Statistics.Destination.";

	private static final String END_OF_LIST = REQUEST_PREFIX + "List.End.With.Null";

	private static final String FIRST_TIMESTAMP = REQUEST_PREFIX + "Include.First.Message.Timestamp";

	private final Session session;

	private final NetworkWatch network;

	private @Nullable Statistics statistics;

	private @Nullable BrokerVitals vitals;

	ActiveMqQueueInspector(Session session) throws JMSException {
		this.session = session;
		this.network = new NetworkWatch(session);
		this.statistics = new Statistics(session);
	}

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException {
		long deadline = System.nanoTime() + limit.toNanos();
		List<QueueSample> samples = sample(queues, deadline);
		lookAtVitals(deadline);
		this.network.look(samples, deadline);
		return samples;
	}

	private void lookAtVitals(long deadline) throws JMSException {
		Statistics statistics = this.statistics;
		if (statistics == null || !statistics.answered) {
			return;
		}
		BrokerVitals vitals = this.vitals;
		if (vitals == null) {
			vitals = new BrokerVitals(this.session);
			this.vitals = vitals;
		}
		vitals.look(deadline);
	}

	@Override
	public Map<String, String> gaps() {
		if (this.statistics != null) {
			return Map.of();
		}
		String why = "the broker has no statistics plugin, and a browser sees messages only";
		return Map.of("inFlight", why, "consumers", why);
	}

	@Override
	public List<String> warnings() {
		return this.network.warnings();
	}

	@Override
	public List<BrokerCondition> conditions() {
		List<BrokerCondition> conditions = new ArrayList<>(this.network.conditions());
		BrokerVitals vitals = this.vitals;
		if (vitals != null) {
			conditions.addAll(vitals.conditions());
		}
		return conditions;
	}

	private List<QueueSample> sample(Collection<String> queues, long deadline) throws JMSException {
		Statistics statistics = this.statistics;
		if (statistics != null && !queues.isEmpty()) {
			List<QueueSample> samples = statistics.request(queues, deadline);
			if (samples != null) {
				return samples;
			}
			statistics.close();
			this.statistics = null;
		}
		List<QueueSample> samples = new ArrayList<>(queues.size());
		for (String queue : queues) {
			samples.add((System.nanoTime() < deadline) ? browse(queue)
					: QueueSample.unknown(queue, "no time left to look", Instant.now()));
		}
		return samples;
	}

	private QueueSample browse(String queue) throws JMSException {
		Instant now = Instant.now();
		try (QueueBrowser browser = this.session.createBrowser(this.session.createQueue(queue))) {
			Enumeration<?> messages = browser.getEnumeration();
			long count = 0;
			Duration oldest = null;
			while (count < BROWSE_LIMIT && messages.hasMoreElements()) {
				Message message = (Message) messages.nextElement();
				if (count == 0) {
					oldest = age(message.getJMSTimestamp(), now);
				}
				count++;
			}
			return new QueueSample(queue, count, count < BROWSE_LIMIT, "browse", oldest, null, null, now);
		}
		catch (JMSSecurityException ex) {
			return QueueSample.unknown(queue, "no permission to browse", now);
		}
	}

	private static Duration age(long timestamp, Instant now) {
		return Duration.ofMillis(Math.max(0, now.toEpochMilli() - timestamp));
	}

	/**
	 * The statistics plugin of the broker.
	 */
	private static final class Statistics {

		private final Session session;

		private final TemporaryQueue replies;

		private final MessageConsumer consumer;

		// Anonymous: a producer of its own would make a queue of the request's name.
		private final MessageProducer producer;

		private boolean answered;

		Statistics(Session session) throws JMSException {
			this.session = session;
			this.replies = session.createTemporaryQueue();
			this.consumer = session.createConsumer(this.replies);
			this.producer = session.createProducer(null);
		}

		@Nullable List<QueueSample> request(Collection<String> queues, long deadline) throws JMSException {
			if (!this.answered && !probe(deadline)) {
				return null;
			}
			String round = UUID.randomUUID().toString();
			for (String queue : queues) {
				ask(round, queue);
			}
			Map<String, QueueSample> samples = new LinkedHashMap<>();
			collect(round, queues.size(), samples, deadline);
			List<QueueSample> result = new ArrayList<>(queues.size());
			for (String queue : queues) {
				QueueSample sample = samples.get(queue);
				result.add((sample != null) ? sample : QueueSample.unknown(queue, "no answer in time", Instant.now()));
			}
			return result;
		}

		// Asked about one name only: where there is no plugin, the broker makes a queue
		// of the name of each request.
		private boolean probe(long deadline) throws JMSException {
			String round = UUID.randomUUID().toString();
			ask(round, PROBE);
			if (collect(round, 1, new LinkedHashMap<>(), deadline)) {
				return true;
			}
			try {
				((ActiveMQSession) this.session).getConnection()
					.destroyDestination(new ActiveMQQueue(REQUEST_PREFIX + PROBE));
			}
			catch (JMSException ex) {
				logger.debug("The queue of the probe is left to the broker", ex);
			}
			return false;
		}

		private void ask(String round, String queue) throws JMSException {
			Message request = this.session.createMessage();
			request.setJMSReplyTo(this.replies);
			request.setJMSCorrelationID(round + queue);
			request.setBooleanProperty(END_OF_LIST, true);
			request.setBooleanProperty(FIRST_TIMESTAMP, true);
			this.producer.send(this.session.createQueue(REQUEST_PREFIX + queue), request, DeliveryMode.NON_PERSISTENT,
					Message.DEFAULT_PRIORITY, REQUEST_TIME_TO_LIVE);
		}

		private boolean collect(String round, int wanted, Map<String, QueueSample> samples, long deadline)
				throws JMSException {
			Map<String, QueueSample> sums = new HashMap<>();
			while (samples.size() < wanted) {
				long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				Message reply = (remaining > 0)
						? this.consumer.receive(this.answered ? remaining : Math.min(remaining, 1000)) : null;
				if (reply == null) {
					return false;
				}
				this.answered = true;
				String correlationId = reply.getJMSCorrelationID();
				if (correlationId != null && correlationId.startsWith(round)
						&& reply instanceof MapMessage statistics) {
					String queue = correlationId.substring(round.length());
					QueueSample sample = sample(queue, statistics);
					if (statistics.itemExists("size") && NamePattern.isPattern(queue)) {
						sums.merge(queue, sample, Statistics::sum);
					}
					else {
						// An empty map ends the list: nothing before it means no such
						// queue.
						QueueSample all = sums.get(queue);
						samples.putIfAbsent(queue, (all != null) ? all : sample);
					}
				}
			}
			return true;
		}

		private static QueueSample sample(String queue, MapMessage statistics) throws JMSException {
			Instant now = Instant.now();
			if (!statistics.itemExists("size")) {
				return new QueueSample(queue, 0L, true, "statistics", null, 0L, 0L, now);
			}
			Duration oldest = statistics.itemExists("firstMessageTimestamp")
					? age(statistics.getLong("firstMessageTimestamp"), now) : null;
			return new QueueSample(queue, statistics.getLong("size"), true, "statistics", oldest,
					statistics.getLong("inflightCount"), statistics.getLong("consumerCount"), now);
		}

		// Of a pattern there is an answer for each queue; a consumer of the pattern is
		// one
		// of each.
		private static QueueSample sum(QueueSample one, QueueSample other) {
			Duration oldest = (one.oldestAge() == null
					|| other.oldestAge() != null && other.oldestAge().compareTo(one.oldestAge()) > 0)
							? other.oldestAge() : one.oldestAge();
			return new QueueSample(one.queue(), value(one.depth()) + value(other.depth()), true, one.source(), oldest,
					value(one.inFlight()) + value(other.inFlight()),
					Math.max(value(one.consumers()), value(other.consumers())), one.sampledAt());
		}

		private static long value(@Nullable Long number) {
			return (number != null) ? number : 0;
		}

		void close() throws JMSException {
			this.consumer.close();
			this.producer.close();
			this.replies.delete();
		}

	}

}
