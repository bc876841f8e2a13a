package org.activemessaging.broker.activemq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import org.activemessaging.broker.BrokerCondition;
import org.apache.activemq.command.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the statistics plugin how full the broker is, and sees from its answer what time
 * it is there.
 */
final class BrokerVitals {

	private static final String REQUEST = "ActiveMQ.Statistics.Broker";

	private static final long PATIENCE = 1000;

	private static final int FULL = 95;

	private static final Duration TOLERATED = Duration.ofSeconds(2);

	private static final Map<String, String> LIMITS = limits();

	private final Session session;

	private final TemporaryQueue replies;

	private final MessageConsumer consumer;

	private final MessageProducer producer;

	private List<BrokerCondition> conditions = List.of();

	BrokerVitals(Session session) throws JMSException {
		this.session = session;
		this.replies = session.createTemporaryQueue();
		this.consumer = session.createConsumer(this.replies);
		this.producer = session.createProducer(null);
	}

	private static Map<String, String> limits() {
		Map<String, String> limits = new LinkedHashMap<>();
		limits.put("memory", "memoryUsage");
		limits.put("store", "storeUsage");
		limits.put("temp", "tempUsage");
		return limits;
	}

	/**
	 * Asks.
	 * @param deadline until when it may take, in nanoseconds
	 */
	void look(long deadline) throws JMSException {
		String id = UUID.randomUUID().toString();
		Message request = this.session.createMessage();
		request.setJMSReplyTo(this.replies);
		request.setJMSCorrelationID(id);
		Instant askedAt = Instant.now();
		this.producer.send(this.session.createQueue(REQUEST), request, DeliveryMode.NON_PERSISTENT,
				Message.DEFAULT_PRIORITY, PATIENCE);
		Message reply = reply(id, deadline);
		if (reply instanceof MapMessage statistics) {
			List<BrokerCondition> seen = new ArrayList<>();
			addFull(statistics, seen);
			addClock((ActiveMQMessage) reply, askedAt, Instant.now(), seen);
			this.conditions = seen;
		}
	}

	// What was answered too late belongs to an earlier question.
	private @Nullable Message reply(String id, long deadline) throws JMSException {
		long end = Math.min(deadline, System.nanoTime() + Duration.ofMillis(PATIENCE).toNanos());
		Message reply = next(end);
		while (reply != null && !id.equals(reply.getJMSCorrelationID())) {
			reply = next(end);
		}
		return reply;
	}

	private @Nullable Message next(long end) throws JMSException {
		long remaining = NetworkWatch.remainingMillis(end);
		return (remaining > 0) ? this.consumer.receive(remaining) : null;
	}

	private static void addFull(MapMessage statistics, List<BrokerCondition> seen) throws JMSException {
		for (Map.Entry<String, String> limit : LIMITS.entrySet()) {
			String name = limit.getKey() + "PercentUsage";
			if (statistics.itemExists(name) && statistics.getInt(name) >= FULL) {
				seen.add(new BrokerCondition(BrokerCondition.Kind.FULL, null,
						"The broker uses " + statistics.getInt(name) + " % of its " + limit.getKey()
								+ " limit; publishers wait until there is room.",
						"Let consumers catch up, purge what nobody needs, or raise '" + limit.getValue()
								+ "' under 'systemUsage' in the configuration of the broker."));
			}
		}
	}

	private static void addClock(ActiveMQMessage reply, Instant askedAt, Instant answeredAt,
			List<BrokerCondition> seen) {
		if (reply.getBrokerInTime() <= 0) {
			return;
		}
		Instant there = Instant.ofEpochMilli(reply.getBrokerInTime());
		Duration ahead = Duration.between(answeredAt, there);
		Duration behind = Duration.between(there, askedAt);
		if (ahead.compareTo(TOLERATED) > 0 || behind.compareTo(TOLERATED) > 0) {
			boolean isAhead = ahead.compareTo(behind) > 0;
			seen.add(new BrokerCondition(BrokerCondition.Kind.CLOCK, null,
					"The clock of the broker is " + (isAhead ? ahead : behind).toSeconds() + " s "
							+ (isAhead ? "ahead of" : "behind") + " the clock of this application.",
					"Synchronise the clocks of all machines (NTP): the age of messages, their time to live and"
							+ " delays are computed from both."));
		}
	}

	List<BrokerCondition> conditions() {
		return this.conditions;
	}

}
