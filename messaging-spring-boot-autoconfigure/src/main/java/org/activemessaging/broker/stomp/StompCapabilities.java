package org.activemessaging.broker.stomp;

import java.util.EnumMap;
import java.util.Map;

import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.jspecify.annotations.Nullable;

import static org.activemessaging.broker.Support.emulated;
import static org.activemessaging.broker.Support.natively;
import static org.activemessaging.broker.Support.no;

/**
 * What the brokers can do over STOMP.
 */
final class StompCapabilities {

	private StompCapabilities() {
	}

	/**
	 * Returns what a broker can do.
	 * @param dialect the kind of broker, or {@code null} for what all of them can
	 */
	static Map<Capability, Support> of(@Nullable StompDialect dialect) {
		Map<Capability, Support> result = new EnumMap<>(Map.of(Capability.ATOMIC_MOVE,
				emulated("confirmed send, then acknowledge"), Capability.INDIVIDUAL_ACKNOWLEDGE,
				natively("client-individual"), Capability.TOPICS, natively("topic"), Capability.EXPIRY,
				natively("expires"), Capability.DELAY, emulated("delay queues"), Capability.DELIVERY_COUNT,
				no("STOMP has only a flag"), Capability.PREFETCH, no("one message is handed ahead"), Capability.PURGE,
				emulated("receive until empty"), Capability.VIRTUAL_TOPICS,
				natively("VirtualTopic.N and Consumer.g.VirtualTopic.N")));
		result.put(Capability.DURABLE_SUBSCRIPTIONS, natively("client-id and the name of the subscription"));
		result.put(Capability.CLUSTER_CONCURRENCY, no("no way to count the permits that are held"));
		if (dialect == null) {
			String unknown = "set 'dialect', as not every broker does it";
			for (Capability capability : Capability.values()) {
				result.putIfAbsent(capability, no(unknown));
			}
			return result;
		}
		switch (dialect) {
			case ACTIVEMQ -> {
				result.put(Capability.ATOMIC_MOVE, natively("STOMP transaction"));
				result.put(Capability.PRIORITY, natively("with the broker's policy prioritizedMessages"));
				result.put(Capability.DEPTH, emulated("at most 400, by browsing"));
				result.put(Capability.OLDEST_AGE, emulated("by browsing"));
				result.put(Capability.BROWSE, natively("at most 400, or the broker's maxBrowsePageSize"));
			}
			case ARTEMIS -> {
				result.put(Capability.DURABLE_SUBSCRIPTIONS,
						natively("durable queue at the topic, which instances share"));
				result.put(Capability.PRIORITY, natively("priority"));
				result.put(Capability.DEPTH, natively("management message, with the right to"));
				result.put(Capability.OLDEST_AGE, natively("management message, with the right to"));
				result.put(Capability.BROWSE, no("a browser would be a consumer"));
			}
			case RABBITMQ -> {
				result.put(Capability.DURABLE_SUBSCRIPTIONS,
						natively("durable queue bound to the topic, which instances share"));
				result.put(Capability.VIRTUAL_TOPICS, natively("exchange and a durable queue for each group"));
				result.put(Capability.PRIORITY, no("its queues have none"));
				result.put(Capability.DEPTH, no("not told over STOMP"));
				result.put(Capability.OLDEST_AGE, no("not told over STOMP"));
				result.put(Capability.BROWSE, no("not possible over STOMP"));
			}
		}
		boolean rabbit = dialect == StompDialect.RABBITMQ;
		result.put(Capability.WILDCARDS, natively((dialect == StompDialect.ACTIVEMQ)
				? "queues, topics and virtual topics" : "topics and virtual topics"));
		result.put(Capability.SELECTORS, rabbit ? no("RabbitMQ ignores them") : natively("selector"));
		result.put(Capability.MESSAGE_GROUPS, rabbit ? no("RabbitMQ has none") : natively("JMSXGroupID"));
		return result;
	}

}
