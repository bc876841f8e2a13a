package org.activemessaging.broker.sqs;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a profile says about SQS.
 *
 * @param endpoint where the service is, or {@code null} for the one of the region
 * @param region the region
 * @param visibilityTimeout after how long a message comes again of whose consumer nothing
 * is heard
 * @param waitTime how long the service may hold a request for messages
 * @param createQueues whether queues that there are not are created
 * @param groupRefresh how often to look for new groups of a virtual topic
 * @param maxMessageSize the most bytes that a message may have
 */
record SqsSettings(@Nullable URI endpoint, String region, Duration visibilityTimeout, Duration waitTime,
		boolean createQueues, Duration groupRefresh, int maxMessageSize) {

	private static final String REGION = "region";

	private static final String VISIBILITY_TIMEOUT = "visibility-timeout";

	private static final String WAIT_TIME = "wait-time";

	private static final String CREATE_QUEUES = "create-queues";

	private static final String GROUP_REFRESH = "group-refresh";

	private static final String MAX_MESSAGE_SIZE = "max-message-size";

	private static final Set<String> OPTIONS = new TreeSet<>(
			Set.of(REGION, VISIBILITY_TIMEOUT, WAIT_TIME, CREATE_QUEUES, GROUP_REFRESH, MAX_MESSAGE_SIZE));

	private static final Set<String> SCHEMES = Set.of("sqs", "http", "https");

	// The service's own limit since 2025; a queue may have a lower one.
	private static final int LARGEST_MESSAGE = 1 << 20;

	private static final Pattern REGION_OF_HOST = Pattern
		.compile("(?:^|\\.)sqs(?:-fips)?\\.([a-z]{2}(?:-[a-z]+)+-\\d+)\\.");

	private static final Pattern REGION_NAME = Pattern.compile("[a-z]{2}(?:-[a-z]+)+-\\d+");

	private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

	static boolean understands(String url) {
		return SCHEMES.contains(BrokerUrl.scheme(url));
	}

	static SqsSettings of(BrokerProfile profile) {
		Options options = new Options(profile);
		options.refuseUnknown();
		URI endpoint = endpoint(profile);
		return new SqsSettings(endpoint, region(profile, endpoint),
				options.duration(VISIBILITY_TIMEOUT, Duration.ofSeconds(30), Duration.ofSeconds(1),
						Duration.ofHours(12)),
				options.duration(WAIT_TIME, Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(20)),
				options.flag(CREATE_QUEUES, true),
				options.duration(GROUP_REFRESH, Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofHours(1)),
				options.number(MAX_MESSAGE_SIZE, LARGEST_MESSAGE));
	}

	/**
	 * Tells whether what is sent can be read on the way.
	 * @return whether the endpoint is one without TLS
	 */
	boolean isPlain() {
		return this.endpoint != null && "http".equals(this.endpoint.getScheme());
	}

	private static @Nullable URI endpoint(BrokerProfile profile) {
		String url = profile.url().trim();
		if (BrokerUrl.scheme(url).equals("sqs")) {
			if (REGION_NAME.matcher(url.substring("sqs:".length())).matches()) {
				return null;
			}
			throw wrongUrl(profile);
		}
		try {
			URI uri = URI.create(url);
			if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
				throw wrongUrl(profile);
			}
			return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + url.substring(uri.getScheme().length()));
		}
		catch (IllegalArgumentException ex) {
			throw wrongUrl(profile);
		}
	}

	private static MessagingConfigurationException wrongUrl(BrokerProfile profile) {
		return new MessagingConfigurationException(
				"The value of 'messaging.broker." + profile.name() + ".url', " + profile.displayUrl()
						+ ", is not one that the adapter for SQS understands.",
				"Set 'messaging.broker." + profile.name()
						+ ".url' to a region as in 'sqs:eu-central-1', or to an endpoint as in"
						+ " 'https://sqs.eu-central-1.amazonaws.com' or 'http://localhost:9324'.");
	}

	private static String region(BrokerProfile profile, @Nullable URI endpoint) {
		String region = profile.properties().get(REGION);
		if (region != null) {
			return region;
		}
		if (endpoint == null) {
			return profile.url().trim().substring("sqs:".length());
		}
		Matcher matcher = REGION_OF_HOST.matcher(String.valueOf((@Nullable Object) endpoint.getHost()));
		if (matcher.find()) {
			return matcher.group(1);
		}
		if (endpoint.getScheme().equals("http")) {
			// An emulator: it belongs to no region, but requests are signed for one.
			return "us-east-1";
		}
		throw new MessagingConfigurationException(
				"The region of broker '" + profile.name() + "' cannot be told from its URL, " + profile.displayUrl()
						+ ".",
				"Set 'messaging.broker." + profile.name() + ".properties.region', for example to 'eu-central-1'.");
	}

	/**
	 * The options of a profile.
	 */
	private record Options(BrokerProfile profile) {

		void refuseUnknown() {
			for (String name : profile().properties().keySet()) {
				if (!OPTIONS.contains(name)) {
					throw new MessagingConfigurationException(
							"The property '" + path(name) + "' is not an option of the adapter for SQS."
									+ NearestMatch.describe(name, OPTIONS),
							"Remove it or correct its name; the options are " + OPTIONS + ".");
				}
			}
		}

		Duration duration(String name, Duration fallback, Duration least, Duration most) {
			String value = value(name);
			if (value == null) {
				return fallback;
			}
			Matcher matcher = DURATION.matcher(value);
			Duration duration = matcher.matches() ? duration(Long.parseLong(matcher.group(1)), matcher.group(2))
					: Duration.ZERO;
			if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
				throw invalid(name, "a duration from " + text(least) + " to " + text(most) + ", such as '30s'");
			}
			return duration;
		}

		private static Duration duration(long amount, String unit) {
			return switch (unit) {
				case "ms" -> Duration.ofMillis(amount);
				case "s" -> Duration.ofSeconds(amount);
				case "m" -> Duration.ofMinutes(amount);
				default -> Duration.ofHours(amount);
			};
		}

		private static String text(Duration duration) {
			return (duration.toMillis() < 1000) ? duration.toMillis() + "ms" : duration.toSeconds() + "s";
		}

		boolean flag(String name, boolean fallback) {
			String value = value(name);
			if (value == null) {
				return fallback;
			}
			return switch (value) {
				case "true" -> true;
				case "false" -> false;
				default -> throw invalid(name, "'true' or 'false'");
			};
		}

		int number(String name, int fallback) {
			String value = value(name);
			if (value == null) {
				return fallback;
			}
			if (!value.matches("[1-9]\\d{0,8}")) {
				throw invalid(name, "a number of bytes");
			}
			return Integer.parseInt(value);
		}

		private @Nullable String value(String name) {
			Map<String, String> properties = profile().properties();
			String value = properties.get(name);
			return (value != null) ? value.trim() : null;
		}

		private String path(String name) {
			return "messaging.broker." + profile().name() + ".properties." + name;
		}

		private MessagingConfigurationException invalid(String name, String allowed) {
			return new MessagingConfigurationException(
					"The value of '" + path(name) + "' is not allowed: " + allowed + " is.",
					"Correct '" + path(name) + "'.");
		}

	}

}
