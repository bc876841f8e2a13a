package org.activemessaging.broker.stomp;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.NamePattern;
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

		// What a group is given says which topic it came from.
		@Override
		@Nullable Address publishedTo(StompFrame frame) {
			Address place = place(frame.header("destination"));
			Address origin = place(frame.header("original-destination"));
			boolean ofGroup = place != null && virtualTopicOfQueue(place) != null;
			return (ofGroup && origin != null && origin.topic()) ? origin : place;
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
			String virtualTopic = virtualTopicOfQueue(address);
			headers.put("destination", (virtualTopic != null && NamePattern.isPattern(virtualTopic))
					? returnAddress(virtualTopic) + "::" + address.name() : name(address));
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

		@Override
		@Nullable Address publishedTo(StompFrame frame) {
			String name = frame.header("destination", "");
			return Address.topic(name.contains("::") ? name.substring(0, name.indexOf("::")) : name);
		}

		private static String name(Address address) {
			String virtualTopic = virtualTopicOfQueue(address);
			return (virtualTopic != null) ? "VirtualTopic." + pattern(virtualTopic) + "::" + address.name()
					: address.topic() ? pattern(address.name()) : address.name();
		}

		// The broker takes no message for a pattern, but for a queue of any address that
		// matches.
		private static String returnAddress(String virtualTopic) {
			return "VirtualTopic." + NamePattern.of(virtualTopic).translate("redelivered", "redelivered");
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
					: address.topic() ? "/topic/" + key(address.name()) : "/queue/" + queue(address.name()));
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

		@Override
		@Nullable Address publishedTo(StompFrame frame) {
			String name = frame.header("destination", "");
			Matcher key = KEY.matcher(name);
			return key.matches() ? Address.topic(VirtualTopicNames.topic(decode(key.group(1))))
					: place(name.startsWith("/topic/") ? decode(name) : name);
		}

		// The broker decodes nothing but '/', and so takes an encoded wildcard for a
		// name.
		private static String key(String topic) {
			String encoded = encode(pattern(topic));
			return NamePattern.isPattern(topic) ? encoded.replace("%2A", "*").replace("%23", "#") : encoded;
		}

		// So that it is the queue that a group subscribes to by its name as it is.
		private static String queue(String name) {
			String encoded = encode(name);
			return NamePattern.isPattern(name) ? encoded.replace("%2A", "*").replace("%3E", ">") : encoded;
		}

		private static String decode(String name) {
			try {
				return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
			}
			catch (IllegalArgumentException ex) {
				// Another client has written it, and not encoded.
				return name;
			}
		}

		private static String exchange(String virtualTopic, StompOptions options) {
			return "/exchange/" + encode(options.exchange()) + "/" + key(virtualTopic);
		}

	};

	private static final int SMALL_MESSAGE = 512;

	private static final Pattern KEY = Pattern.compile("/exchange/[^/]+/(.+)");

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
	 * Returns where a message was published.
	 * @return the queue or topic, or {@code null} if the frame does not say
	 */
	abstract @Nullable Address publishedTo(StompFrame frame);

	private static @Nullable Address place(@Nullable String name) {
		return (StompMessages.destination(name) instanceof StompDestination known) ? known.address() : null;
	}

	/**
	 * Returns the name of the virtual topic that the queue of a group belongs to.
	 */
	static @Nullable String virtualTopicOfQueue(Address address) {
		return address.topic() ? null : VirtualTopicNames.recogniseGroupQueue(address.name());
	}

	static @Nullable String virtualTopicOfTopic(Address address) {
		return address.topic() ? VirtualTopicNames.recognise(address.name()) : null;
	}

	/**
	 * Writes a name as Artemis and RabbitMQ want it if it has wildcards.
	 */
	static String pattern(String name) {
		return NamePattern.isPattern(name) ? NamePattern.of(name).translate("*", "#") : name;
	}

	private static String encode(String name) {
		return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
	}

}
