package org.activemessaging.broker.stomp;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.BrokerProfile;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What {@code messaging.broker.<name>.properties} says about a connection.
 *
 * @param reliable whether a lost connection is restored
 * @param reconnectDelay how long to wait after a failed try to connect
 * @param virtualHost the virtual host, or {@code null} for the broker's own
 * @param heartBeat how often either side gives a sign of life; zero for never
 * @param dialect the kind of broker, or {@code null} to believe what it says
 * @param maxHeaderSize the longest head of a frame that is read, in bytes
 * @param maxBodySize the longest body of a frame that is read, in bytes
 * @param receiptTimeout how long to wait for the broker's word
 * @param exchange the exchange of RabbitMQ that virtual topics are published to
 * @param createGroupQueues whether to create the queues of groups on Artemis
 */
record StompOptions(boolean reliable, Duration reconnectDelay, @Nullable String virtualHost, Duration heartBeat,
		@Nullable StompDialect dialect, int maxHeaderSize, int maxBodySize, Duration receiptTimeout, String exchange,
		boolean createGroupQueues) {

	private static final Set<String> NAMES = new TreeSet<>(
			Set.of("reliable", "reconnect-delay", "virtual-host", "heart-beat", "dialect", "max-header-size",
					"max-body-size", "receipt-timeout", "exchange", "create-group-queues"));

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)?");

	static StompOptions of(BrokerProfile profile) {
		for (String name : profile.properties().keySet()) {
			if (!NAMES.contains(name)) {
				throw new MessagingConfigurationException(
						"The property 'messaging.broker." + profile.name() + ".properties." + name
								+ "' is not an option of the adapter 'stomp'." + NearestMatch.describe(name, NAMES),
						"Remove it or correct its name; the options are " + NAMES + ".");
			}
		}
		Reader reader = new Reader(profile);
		return new StompOptions(reader.flag("reliable"), reader.duration("reconnect-delay", Duration.ZERO),
				profile.properties().get("virtual-host"), reader.duration("heart-beat", Duration.ofSeconds(10)),
				reader.dialect(), reader.size("max-header-size", DataSize.ofKilobytes(512)),
				reader.size("max-body-size", DataSize.ofMegabytes(100)),
				reader.duration("receipt-timeout", profile.publishTimeout()),
				profile.properties().getOrDefault("exchange", "VirtualTopic"), reader.flag("create-group-queues"));
	}

	/**
	 * Reads values.
	 *
	 * @param profile the broker
	 */
	private record Reader(BrokerProfile profile) {

		boolean flag(String name) {
			String value = this.profile.properties().getOrDefault(name, "true");
			if (!value.equals("true") && !value.equals("false")) {
				throw invalid(name, value, "'true' or 'false'");
			}
			return value.equals("true");
		}

		Duration duration(String name, Duration absent) {
			String value = this.profile.properties().get(name);
			if (value == null) {
				return absent;
			}
			Matcher matcher = DURATION.matcher(value);
			if (!matcher.matches()) {
				throw invalid(name, value, "a duration such as '5s', '500ms', or a number of seconds");
			}
			long number = Long.parseLong(matcher.group(1));
			Map<String, Long> units = Map.of("ms", 1L, "s", 1000L, "m", 60_000L);
			String unit = (matcher.group(2) != null) ? matcher.group(2) : "s";
			return Duration.ofMillis(number * units.getOrDefault(unit, 1L));
		}

		int size(String name, DataSize absent) {
			String value = this.profile.properties().get(name);
			try {
				long bytes = ((value != null) ? DataSize.parse(value) : absent).toBytes();
				if (bytes > 0 && bytes < Integer.MAX_VALUE) {
					return (int) bytes;
				}
			}
			catch (IllegalArgumentException ex) {
				throw invalid(name, String.valueOf(value), "a size such as '64KB' or '10MB'");
			}
			throw invalid(name, String.valueOf(value), "a size from '1B' to '2047MB'");
		}

		@Nullable StompDialect dialect() {
			String value = this.profile.properties().get("dialect");
			if (value == null) {
				return null;
			}
			for (StompDialect dialect : StompDialect.values()) {
				if (dialect.label().equals(value)) {
					return dialect;
				}
			}
			throw invalid("dialect", value, "'activemq', 'artemis' or 'rabbitmq'");
		}

		private MessagingConfigurationException invalid(String name, String value, String allowed) {
			return new MessagingConfigurationException(
					"The property 'messaging.broker." + this.profile.name() + ".properties." + name + "' is '" + value
							+ "'.",
					"Set 'messaging.broker." + this.profile.name() + ".properties." + name + "' to " + allowed + ".");
		}

	}

}
