package org.activemessaging.broker;

import java.util.Collection;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;

/**
 * Thrown when a broker is named that is not configured.
 *
 * @since 0.1.0
 */
public class UnknownBrokerException extends MessagingConfigurationException {

	/**
	 * Creates an exception.
	 * @param name the name that is unknown
	 * @param where where it was named
	 * @param known the names that are known
	 */
	public UnknownBrokerException(String name, String where, Collection<String> known) {
		super("No broker named '" + name + "' is configured under 'messaging.broker', but " + where + " names it."
				+ NearestMatch.describe(name, known),
				"Configure 'messaging.broker." + name + "', or correct " + where + ".");
	}

}
