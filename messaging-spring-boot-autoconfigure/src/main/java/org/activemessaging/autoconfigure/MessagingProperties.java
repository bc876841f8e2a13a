package org.activemessaging.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.activemessaging.broker.Capability;
import org.activemessaging.cloudevents.CloudEventsMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@link ConfigurationProperties @ConfigurationProperties} of ActiveMessaging.
 *
 * @param defaultBroker Name of the broker of destinations that name none. Not needed when
 * there is one broker, or one named "default".
 * @param group Group in which processors consume virtual topics unless they name another.
 * By default the value of "spring.application.name".
 * @param broker Brokers by name.
 * @param destination Destinations by logical name.
 * @param listener Defaults for every processor.
 * @param processor Settings of single processors by id. They override the annotation.
 * @param processorGroup Ids of processors by the name of their processor group.
 * @param run What this deployment runs.
 * @param embedded Broker inside the application, for when none is configured.
 * @param operations What operators see, and what they may change.
 * @param idempotent What idempotent processors remember.
 * @param outbox Publishing in database transactions.
 * @param request Requests and their replies.
 * @param jdbc Database of idempotent processors and of the outbox.
 * @param observation Observations of messages, for traces.
 * @param filter What stands around every message.
 * @since 0.1.0
 */
@ConfigurationProperties(value = "messaging", ignoreUnknownFields = false)
public record MessagingProperties(@Nullable String defaultBroker, @Nullable String group,
		@DefaultValue Map<String, BrokerProperties> broker,
		@DefaultValue Map<String, DestinationProperties> destination, @DefaultValue ListenerProperties listener,
		@DefaultValue Map<String, ProcessorProperties> processor,
		@DefaultValue Map<String, List<String>> processorGroup, @DefaultValue RunProperties run,
		@DefaultValue EmbeddedProperties embedded,
		@DefaultValue @NestedConfigurationProperty OperationsProperties operations,
		@DefaultValue @NestedConfigurationProperty IdempotentProperties idempotent,
		@DefaultValue @NestedConfigurationProperty OutboxProperties outbox,
		@DefaultValue @NestedConfigurationProperty RequestProperties request,
		@DefaultValue @NestedConfigurationProperty JdbcProperties jdbc,
		@DefaultValue @NestedConfigurationProperty ObservationProperties observation,
		@DefaultValue @NestedConfigurationProperty FilterProperties filter) {

	/**
	 * A broker.
	 *
	 * @param adapter Adapter that speaks to the broker: "activemq", "artemis",
	 * "rabbitmq", "sqs", "stomp", "jms" or "memory". May be left out where the scheme of
	 * the URL and the class path leave one choice.
	 * @param url URL of the broker, without credentials.
	 * @param user User name.
	 * @param password Password.
	 * @param ssl TLS to the broker.
	 * @param allowPlainText Whether credentials may be sent to another machine without
	 * TLS.
	 * @param reconnect Reconnecting to the broker.
	 * @param publisher Publishing to the broker.
	 * @param connectionFactory Connection factory of any provider of Jakarta Messaging,
	 * for the adapter "jms": the name of its class, "bean:" and the name of a bean, or a
	 * JNDI name that begins with "java:".
	 * @param jms What the adapter "jms" cannot find out about a broker.
	 * @param properties Options of the vendor's connection factory, passed through.
	 */
	public record BrokerProperties(@Nullable String adapter, @Nullable String url, @Nullable String user,
			@Nullable String password, @DefaultValue SslProperties ssl, @DefaultValue("false") boolean allowPlainText,
			@DefaultValue ReconnectProperties reconnect, @DefaultValue PublisherProperties publisher,
			@Nullable String connectionFactory, @DefaultValue JmsProperties jms,
			@DefaultValue Map<String, String> properties) {

		@Override
		public String toString() {
			return "BrokerProperties[adapter=" + this.adapter + "]";
		}

	}

	/**
	 * TLS to a broker.
	 *
	 * @param bundle Name of an SSL bundle, with the trust in the broker's certificate and
	 * the client's own key if the broker asks for one.
	 */
	public record SslProperties(@Nullable String bundle) {
	}

	/**
	 * Reconnecting to a broker.
	 *
	 * @param initialDelay Pause after the first failed try to connect. Doubles from try
	 * to try.
	 * @param maxDelay Longest pause between two tries to connect.
	 */
	public record ReconnectProperties(@DefaultValue("1s") Duration initialDelay,
			@DefaultValue("30s") Duration maxDelay) {
	}

	/**
	 * Publishing to a broker.
	 *
	 * @param timeout Longest time that a publish waits for a connection, and for the
	 * broker's answer.
	 * @param maxInFlight How many messages may be on their way to the broker without
	 * anybody waiting for them (publishAsync). Who publishes more waits for room.
	 * @param delayed Whether this application brings back messages that it has published
	 * with a delay, although none of its processors reads from the broker.
	 */
	public record PublisherProperties(@DefaultValue("10s") Duration timeout, @DefaultValue("1000") int maxInFlight,
			@DefaultValue("false") boolean delayed) {
	}

	/**
	 * What the adapter "jms" cannot find out about a broker.
	 *
	 * @param individualAcknowledge Acknowledge mode of sessions whose messages are
	 * acknowledged one by one. Known for Qpid JMS.
	 * @param groupQueue Name of the queue of a group, with "{group}" and "{topic}" in it,
	 * which gets a copy of each message of the topic "VirtualTopic.{topic}" from the
	 * broker. Without it there are no virtual topics.
	 * @param capabilities Comma-separated list of what the broker can do beyond what
	 * every provider can: "browse", "message-groups", "priority".
	 */
	public record JmsProperties(@Nullable Integer individualAcknowledge, @Nullable String groupQueue,
			@DefaultValue Set<Capability> capabilities) {
	}

	/**
	 * A destination.
	 *
	 * @param queue Physical name of a queue, or a pattern such as "Encode.>" of several
	 * to consume from.
	 * @param topic Physical name of a plain topic, or a pattern such as "News.*" of
	 * several to listen to.
	 * @param virtualTopic Name of a virtual topic, or a pattern such as "Orders.>" of
	 * several to consume from.
	 * @param address Physical name with a prefix that says what it is, such as
	 * "/queue/Orders" or "/topic/VirtualTopic.Clicks".
	 * @param broker Name of the broker. By default the default broker.
	 * @param groups Comma-separated list of the groups of a virtual topic that must exist
	 * before the first message.
	 * @param headers Headers of every message published, and "persistent", "priority",
	 * "time-to-live", "delay" and "correlation-id" for how it is sent.
	 * @param messageGroup Message group that each message is published in, as an
	 * expression over "payload" (the object that is published) and "headers", such as
	 * "payload.session". One that the code sets wins.
	 * @param contentType How payloads that are neither text nor bytes are written.
	 * @param deadLetterQueue Physical name of the dead-letter queue. By default "DLQ."
	 * followed by the name of the queue that was consumed, or of the destination if it
	 * has a wildcard.
	 * @param cloudEvents How a CloudEvent is published: "binary" (its attributes are
	 * headers) or "structured" (it is one JSON). By default binary.
	 */
	public record DestinationProperties(@Nullable String queue, @Nullable String topic, @Nullable String virtualTopic,
			@Nullable String address, @Nullable String broker, @DefaultValue List<String> groups,
			@DefaultValue Map<String, String> headers, @Nullable String messageGroup,
			@DefaultValue("application/json") String contentType, @Nullable String deadLetterQueue,
			@Nullable CloudEventsMode cloudEvents) {
	}

	/**
	 * Defaults for every processor.
	 *
	 * @param concurrency How many messages a processor handles at once, as a number or as
	 * a range.
	 * @param acknowledge How messages are acknowledged: "transacted", "client" (each by
	 * itself, after its processor) or "unsafe-auto" (before it, so that a crash loses
	 * what is in work).
	 * @param window How many messages one consumer handles in one transaction at most,
	 * and how many the broker hands it ahead: "auto", which follows the speed of the
	 * processor, or a number. With 1, each message has its own transaction.
	 * @param maxWindow Largest window if it is "auto", from 1 to 1000.
	 * @param windowTime Longest time of work that a consumer holds if its window is
	 * "auto".
	 * @param lanes How many messages of its window one consumer processes at once, those
	 * of a message group one after the other.
	 * @param rate How many messages a processor takes in a time at most, in each instance
	 * of the application: a number and "/s", "/m" or "/h", or "unlimited".
	 * @param redelivery What happens to a message that failed.
	 * @param brake Slowing down when message after message fails.
	 * @param maxPayloadSize Largest payload that is taken. A larger one goes to the dead
	 * letters unread.
	 * @param autoStartup Whether processors start with the application.
	 * @param drainTimeout Longest time that messages in work may take when the
	 * application stops.
	 */
	public record ListenerProperties(@DefaultValue("1") String concurrency,
			@DefaultValue("transacted") String acknowledge, @DefaultValue("auto") String window,
			@DefaultValue("100") int maxWindow, @DefaultValue("1s") Duration windowTime, @DefaultValue("1") int lanes,
			@DefaultValue("unlimited") String rate, @DefaultValue RedeliveryProperties redelivery,
			@DefaultValue BrakeProperties brake, @DefaultValue("64MB") DataSize maxPayloadSize,
			@DefaultValue("true") boolean autoStartup, @DefaultValue("25s") Duration drainTimeout) {
	}

	/**
	 * What happens to a message that failed.
	 *
	 * @param immediate How many tries follow at once.
	 * @param delayed How many rounds of tries follow after a delay.
	 * @param delay Delay before the first of these rounds.
	 * @param multiplier By how much the delay grows from round to round.
	 * @param maxDelay Longest delay.
	 * @param jitter By which part a delay is made longer at most, at random, from 0 to 1.
	 * @param crashes How often the application may die while a message is in work before
	 * the message is given up.
	 * @param rules What happens instead to a message that failed with certain exceptions.
	 * The first rule that matches decides.
	 */
	public record RedeliveryProperties(@DefaultValue("2") int immediate, @DefaultValue("5") int delayed,
			@DefaultValue("1s") Duration delay, @DefaultValue("4") double multiplier,
			@DefaultValue("10m") Duration maxDelay, @DefaultValue("0.2") double jitter, @DefaultValue("5") int crashes,
			@DefaultValue List<RedeliveryRuleProperties> rules) {
	}

	/**
	 * Slowing down when message after message fails, as then something behind the
	 * processor is the trouble.
	 *
	 * @param failures After how many failures in a row, of different messages, a
	 * processor handles one message at a time.
	 * @param delay Pause before the next message then. Doubles with each further failure.
	 * @param maxDelay Longest pause.
	 */
	public record BrakeProperties(@DefaultValue("10") int failures, @DefaultValue("1s") Duration delay,
			@DefaultValue("30s") Duration maxDelay) {
	}

	/**
	 * Settings of one processor.
	 *
	 * @param concurrency How many messages the processor handles at once.
	 * @param acknowledge How messages are acknowledged: "transacted", "client" or
	 * "unsafe-auto".
	 * @param window How many messages one consumer handles in one transaction at most:
	 * "auto" or a number.
	 * @param lanes How many messages of its window one consumer processes at once.
	 * @param rate How many messages the processor takes in a time at most, in each
	 * instance of the application: a number and "/s", "/m" or "/h", or "unlimited".
	 * @param clusterConcurrency How many messages of the processor are in work in all
	 * instances of the application together at most, from 1 to 200.
	 * @param subscription Name of a durable subscription of a plain topic, which keeps
	 * messages while the processor is away. A virtual topic with groups is better in
	 * nearly all cases.
	 * @param clientId Client id of the connection that has the durable subscription. By
	 * default the name of the application, a dot and the name of the subscription.
	 * @param redelivery What happens to a message that failed.
	 * @param autoStartup Whether the processor starts with the application.
	 * @param idempotent Whether a message takes effect once, even if it comes more often.
	 * @param messageGroups Whether messages of the processor have message groups. Then
	 * none is handed to a consumer ahead, from the beginning; otherwise, from when the
	 * first of a group was seen.
	 */
	public record ProcessorProperties(@Nullable String concurrency, @Nullable String acknowledge,
			@Nullable String window, @Nullable Integer lanes, @Nullable String rate,
			@Nullable Integer clusterConcurrency, @Nullable String subscription, @Nullable String clientId,
			@DefaultValue ProcessorRedeliveryProperties redelivery, @Nullable Boolean autoStartup,
			@DefaultValue ProcessorIdempotentProperties idempotent, @DefaultValue("false") boolean messageGroups) {
	}

	/**
	 * What happens to a message that failed in one processor.
	 *
	 * @param immediate How many tries follow at once.
	 * @param delayed How many rounds of tries follow after a delay.
	 * @param delay Delay before the first of these rounds.
	 * @param multiplier By how much the delay grows from round to round.
	 * @param maxDelay Longest delay.
	 * @param jitter By which part a delay is made longer at most, at random, from 0 to 1.
	 * @param crashes How often the application may die while a message is in work before
	 * the message is given up.
	 * @param rules What happens instead to a message that failed with certain exceptions.
	 * Asked before the rules of the annotation and of "messaging.listener".
	 */
	public record ProcessorRedeliveryProperties(@Nullable Integer immediate, @Nullable Integer delayed,
			@Nullable Duration delay, @Nullable Double multiplier, @Nullable Duration maxDelay, @Nullable Double jitter,
			@Nullable Integer crashes, @DefaultValue List<RedeliveryRuleProperties> rules) {
	}

	/**
	 * Whether a message takes effect once in one processor.
	 *
	 * @param enabled Whether each message is processed in a database transaction in which
	 * it is noted as processed. By default what the annotation says, or true if there is
	 * a key.
	 * @param key What tells that two messages are the same, as an expression over
	 * "headers" and "payload". By default the id of the message.
	 */
	public record ProcessorIdempotentProperties(@Nullable Boolean enabled, @Nullable String key) {
	}

	/**
	 * What this deployment runs.
	 *
	 * @param groups Comma-separated list of the processor groups to run. Empty for all
	 * processors, "none" for no processor.
	 */
	public record RunProperties(@DefaultValue List<String> groups) {
	}

	/**
	 * The broker inside the application.
	 *
	 * @param enabled Whether a broker runs inside the application if none is configured
	 * and its classes are there.
	 * @param dataDirectory Folder to keep messages in. By default they are kept in memory
	 * and lost with the application.
	 */
	public record EmbeddedProperties(@DefaultValue("true") boolean enabled, @Nullable Path dataDirectory) {
	}

}
