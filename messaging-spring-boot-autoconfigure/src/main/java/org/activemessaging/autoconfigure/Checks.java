package org.activemessaging.autoconfigure;

import java.time.Duration;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerUrl;

/**
 * Checks of single values of properties.
 */
final class Checks {

	private Checks() {
	}

	static void noCredentials(String broker, String url) {
		if (BrokerUrl.containsCredentials(url)) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + broker
							+ ".url' contains credentials, and a URL is shown in logs (here it is "
							+ BrokerUrl.display(url) + ").",
					"Move them to 'messaging.broker." + broker + ".user' and 'messaging.broker." + broker
							+ ".password'.");
		}
	}

	static void positive(String property, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is " + value + ", but it must be longer than nothing.",
					"Correct '" + property + "', for example to '10s'.");
		}
	}

	static void range(String property, double value, double min, double max) {
		if (!(value >= min && value <= max)) {
			throw new MessagingConfigurationException("The property '" + property + "' is " + text(value)
					+ ", but it must be from " + text(min) + " to " + text(max) + ".", "Correct '" + property + "'.");
		}
	}

	private static String text(double value) {
		return (value == Math.rint(value)) ? String.valueOf((long) value) : String.valueOf(value);
	}

}
