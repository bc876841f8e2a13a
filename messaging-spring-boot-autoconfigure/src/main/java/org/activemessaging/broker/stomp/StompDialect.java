package org.activemessaging.broker.stomp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.VirtualTopicNames;
import org.jspecify.annotations.Nullable;

/**
 * What the brokers understand differently: the names of queues and topics, how many
 * messages are handed ahead, and what belongs to a transaction.
 */
enum StompDialect {

	/**
	 * ActiveMQ Classic.
	 */
	ACTIVEMQ {

		@Override
		void address(Map<String, String> headers, Address address, StompOptions options) {
			headers.put("destination", name(address));
		}

		@Override
		void subscription(Map<String, String> headers, Address address, int prefetch, StompOptions options) {
			headers.put("destination", name(address));
			headers.put("activemq.prefetchSize", String.valueOf(prefetch));
		}

		@Override
		void durable(Map<String, String> headers, DurableSubscription subscription) {
			headers.put("activemq.subscriptionName", subscription.name());
		}

		private static String name(Address address) {
			return (address.topic() ? "/topic/" : "/queue/") + address.name();
		}

	},

	/**
	 * Artemis.
	 */
	ARTEMIS {

		@Override
		void address(Map<String, String> headers, Address address, StompOptions options) {
			headers.put("destination", name(address));
			headers.put("destination-type", type(address));
		}

		@Override
		void subscription(Map<String, String> headers, Address address, int prefetch, StompOptions options) {
			headers.put("destination", name(address));
			headers.put("subscription-type", type(address));
			// In bytes: one message is handed over as long as anything is left.
			headers.put("consumer-window-size", String.valueOf((prefetch - 1) * SMALL_MESSAGE + 1));
		}

		@Override
		void durable(Map<String, String> headers, DurableSubscription subscription) {
			headers.put("durable-subscription-name", subscription.name());
		}

		private static String name(Address address) {
			String virtualTopic = virtualTopicOfQueue(address);
			return (virtualTopic != null) ? "VirtualTopic." + virtualTopic + "::" + address.name() : address.name();
		}

		private static String type(Address address) {
			return (address.topic() || virtualTopicOfQueue(address) != null) ? "MULTICAST" : "ANYCAST";
		}

	},

	/**
	 * RabbitMQ with its STOMP plugin.
	 */
	RABBITMQ {

		@Override
		void address(Map<String, String> headers, Address address, StompOptions options) {
			String virtualTopic = address.topic() ? virtualTopicOfTopic(address) : null;
			headers.put("destination", (virtualTopic != null) ? exchange(virtualTopic, options)
					: address.topic() ? "/topic/" + encode(address.name()) : "/queue/" + encode(address.name()));
		}

		@Override
		void subscription(Map<String, String> headers, Address address, int prefetch, StompOptions options) {
			String virtualTopic = virtualTopicOfQueue(address);
			address(headers, address, options);
			headers.put("prefetch-count", String.valueOf(prefetch));
			if (virtualTopic != null) {
				headers.put("destination", exchange(virtualTopic, options));
				lasting(headers, address.name());
			}
		}

		@Override
		void durable(Map<String, String> headers, DurableSubscription subscription) {
			lasting(headers, subscription.qualifiedName());
		}

		private static void lasting(Map<String, String> headers, String queue) {
			headers.put("x-queue-name", queue);
			headers.put("durable", "true");
			headers.put("auto-delete", "false");
			headers.put("exclusive", "false");
		}

		private static String exchange(String virtualTopic, StompOptions options) {
			return "/exchange/" + encode(options.exchange()) + "/" + encode(virtualTopic);
		}

	};

	private static final int SMALL_MESSAGE = 512;

	/**
	 * Returns the dialect of a broker.
	 * @param server what the broker calls itself
	 * @return the dialect, or {@code null} if the name says nothing
	 */
	static @Nullable StompDialect of(String server) {
		String name = server.toLowerCase(Locale.ROOT);
		return name.contains("artemis") ? ARTEMIS
				: name.contains("rabbitmq") ? RABBITMQ : name.contains("activemq") ? ACTIVEMQ : null;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Tells whether an acknowledgement is part of the transaction that it names.
	 */
	boolean acknowledgesInTransactions() {
		return this == ACTIVEMQ;
	}

	/**
	 * Tells whether the end of a subscription returns what it was handed.
	 */
	boolean unsubscribingGivesBack() {
		return this != RABBITMQ;
	}

	/**
	 * Adds where a message is to go.
	 */
	abstract void address(Map<String, String> headers, Address address, StompOptions options);

	/**
	 * Adds where messages are to come from, and how many at most are handed ahead.
	 */
	abstract void subscription(Map<String, String> headers, Address address, int prefetch, StompOptions options);

	/**
	 * Adds what has the broker keep the messages of a subscription while it is not there.
	 */
	abstract void durable(Map<String, String> headers, DurableSubscription subscription);

	/**
	 * Returns the name of the virtual topic that the queue of a group belongs to.
	 */
	static @Nullable String virtualTopicOfQueue(Address address) {
		return address.topic() ? null : VirtualTopicNames.recogniseGroupQueue(address.name());
	}

	static @Nullable String virtualTopicOfTopic(Address address) {
		return address.topic() ? VirtualTopicNames.recognise(address.name()) : null;
	}

	private static String encode(String name) {
		return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
	}

}
