package org.activemessaging.destination;

import java.util.Collection;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a destination is named that is not declared.
 *
 * @since 0.1.0
 */
public class UnknownDestinationException extends MessagingConfigurationException {

	/**
	 * Creates an exception.
	 * @param name the name that is unknown
	 * @param where where it was named, if that is known
	 * @param known the names that are known
	 */
	public UnknownDestinationException(String name, @Nullable String where, Collection<String> known) {
		super("No destination named '" + name + "' is declared under 'messaging.destination'"
				+ ((where != null) ? ", but " + where + " names it." : ".") + NearestMatch.describe(name, known),
				"Declare 'messaging.destination." + name + "', or correct "
						+ ((where != null) ? where : "the name that is published to") + ".");
	}

}
