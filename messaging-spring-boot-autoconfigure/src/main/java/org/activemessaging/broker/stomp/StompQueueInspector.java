package org.activemessaging.broker.stomp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.jms.JMSException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.jspecify.annotations.Nullable;

/**
 * Tells the numbers of queues as far as a broker tells them over STOMP: Artemis by
 * management messages, ActiveMQ by what a browser sees, RabbitMQ not at all.
 */
final class StompQueueInspector implements QueueInspector {

	private final StompSession session;

	private @Nullable String refusal;

	StompQueueInspector(StompSession session) {
		this.session = session;
	}

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException {
		this.session.check();
		long deadline = System.nanoTime() + limit.toNanos();
		List<QueueSample> samples = new ArrayList<>();
		for (String queue : queues) {
			long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			samples.add((left > 0) ? inspect(queue, left)
					: QueueSample.unknown(queue, "not reached in time", Instant.now()));
		}
		return samples;
	}

	@Override
	public Map<String, String> gaps() {
		if (this.session.socket().dialect() == StompDialect.ARTEMIS) {
			return Map.of();
		}
		String why = "the broker does not tell over STOMP";
		return Map.of("oldestAge", why, "inFlight", why, "consumers", why);
	}

	private QueueSample inspect(String queue, long millis) throws JMSException {
		StompRequests requests = new StompRequests(this.session.socket());
		return switch (this.session.socket().dialect()) {
			case ACTIVEMQ -> browse(requests, queue, millis);
			case ARTEMIS -> manage(requests, queue, millis);
			case RABBITMQ -> QueueSample.unknown(queue, "RabbitMQ does not tell over STOMP", Instant.now());
		};
	}

	private static QueueSample browse(StompRequests requests, String queue, long millis) throws JMSException {
		Instant now = Instant.now();
		List<StompFrame> frames = requests.browse(Address.queue(queue), null, StompBrowser.LIMIT, millis);
		Duration age = frames.isEmpty() ? null : age(frames.get(0), now);
		return new QueueSample(queue, (long) frames.size(), false, "browse", age, null, null, now);
	}

	private static @Nullable Duration age(StompFrame frame, Instant now) {
		String timestamp = frame.header("timestamp", "");
		return timestamp.matches("[1-9]\\d{0,17}")
				? Duration.ofMillis(Math.max(0, now.toEpochMilli() - Long.parseLong(timestamp))) : null;
	}

	private QueueSample manage(StompRequests requests, String queue, long millis) throws JMSException {
		Instant now = Instant.now();
		if (this.refusal == null) {
			try {
				Long depth = attribute(requests, queue, "messageCount", millis);
				if (depth == null) {
					return QueueSample.unknown(queue, "Artemis does not know the queue", now);
				}
				Long inFlight = attribute(requests, queue, "deliveringCount", millis);
				Long consumers = attribute(requests, queue, "consumerCount", millis);
				Long age = (depth > 0) ? attribute(requests, queue, "firstMessageAge", millis) : null;
				return new QueueSample(queue, depth, true, "management",
						(age != null && age >= 0) ? Duration.ofMillis(age) : null, inFlight, consumers, now);
			}
			catch (JMSException ex) {
				if (!this.session.socket().isEndedByBroker()) {
					throw ex;
				}
				// It would refuse the next question too, and end the connection each
				// time.
				this.refusal = String.valueOf(ex.getMessage());
				this.session.recover();
			}
		}
		return QueueSample.unknown(queue, "no right to ask: " + this.refusal, now);
	}

	private static @Nullable Long attribute(StompRequests requests, String queue, String attribute, long millis)
			throws JMSException {
		StompFrame answer = requests.manage(Map.of("_AMQ_ResourceName", "queue." + queue, "_AMQ_Attribute", attribute),
				"", millis);
		String text = (answer != null && answer.header("_AMQ_OperationSucceeded", "").equals("true"))
				? answer.text().replaceAll("[\\[\\]\\s]", "") : "";
		return text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
	}

}
