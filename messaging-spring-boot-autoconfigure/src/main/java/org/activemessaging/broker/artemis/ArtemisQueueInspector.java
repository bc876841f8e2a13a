package org.activemessaging.broker.artemis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker about each queue, which needs no permission, and browses the head of a
 * queue for its age.
 */
final class ArtemisQueueInspector implements QueueInspector {

	private static final Log logger = LogFactory.getLog(ArtemisQueueInspector.class);

	private static final String SOURCE = "queue query";

	private final Set<String> fleeting = new TreeSet<>();

	private final Set<String> unbrowsable = new TreeSet<>();

	private final ArtemisSession session;

	private final DeliveryLimits limits;

	ArtemisQueueInspector(ArtemisSession session) {
		this.session = session;
		this.limits = new DeliveryLimits(session.getCoreSession());
	}

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException {
		long deadline = System.nanoTime() + limit.toNanos();
		List<QueueSample> samples = new ArrayList<>(queues.size());
		this.fleeting.clear();
		for (String queue : queues) {
			samples.add((System.nanoTime() < deadline) ? sample(queue)
					: QueueSample.unknown(queue, "no time left to look", Instant.now()));
		}
		return samples;
	}

	private QueueSample sample(String queue) throws JMSException {
		Instant now = Instant.now();
		QueueQuery answer = this.session.topology().query(queue);
		if (answer == null) {
			return new QueueSample(queue, 0L, true, SOURCE, null, null, 0L, now);
		}
		if (Boolean.TRUE.equals(answer.isAutoDelete()) || answer.isPurgeOnNoConsumers()) {
			this.fleeting.add(queue);
		}
		this.limits.ask(answer.getAddress().toString());
		long depth = answer.getMessageCount();
		return new QueueSample(queue, depth, true, SOURCE, (depth > 0) ? oldestAge(queue, now) : null, null,
				(long) answer.getConsumerCount(), now);
	}

	private @Nullable Duration oldestAge(String queue, Instant now) throws JMSException {
		if (this.unbrowsable.contains(queue)) {
			return null;
		}
		try {
			List<Message> head = this.session.browse(queue, 1);
			return head.isEmpty() ? null
					: Duration.ofMillis(Math.max(0, now.toEpochMilli() - head.get(0).getJMSTimestamp()));
		}
		catch (JMSSecurityException ex) {
			logger.debug("No right to browse queue '" + queue + "'", ex);
			this.unbrowsable.add(queue);
			return null;
		}
	}

	@Override
	public Map<String, String> gaps() {
		return Map.of("oldestAge", "no permission to browse", "inFlight",
				"a queue query does not tell, and management would need a permission");
	}

	@Override
	public List<String> warnings() {
		List<String> warnings = new ArrayList<>();
		if (!this.fleeting.isEmpty()) {
			warnings.add("It deletes or empties " + (this.fleeting.size() == 1 ? "queue '" : "queues '")
					+ String.join("', '", this.fleeting) + "' when the last consumer leaves; what is published then is"
					+ " lost. Somebody else has created them so: set 'auto-delete' and 'purge-on-no-consumers' to"
					+ " 'false' there, or delete them while they are empty and let this library create them.");
		}
		this.limits.known()
			.forEach((address, limit) -> warnings.add("It gives a message at address '" + address + "' up after "
					+ limit
					+ " deliveries, whatever this library is configured to do, and drops it where it has no dead-letter"
					+ " address. Set 'max-delivery-attempts' to '-1' in its address settings."));
		return warnings;
	}

	@Override
	public List<BrokerCondition> conditions() {
		List<BrokerCondition> conditions = new ArrayList<>();
		this.limits.known()
			.forEach((address,
					limit) -> conditions.add(new BrokerCondition(BrokerCondition.Kind.DELIVERY_LIMIT, address,
							"The broker gives a message at address '" + address + "' up after " + limit
									+ " deliveries.",
							"Set 'max-delivery-attempts' to '-1' in the address settings of the broker.")));
		return conditions;
	}

}
