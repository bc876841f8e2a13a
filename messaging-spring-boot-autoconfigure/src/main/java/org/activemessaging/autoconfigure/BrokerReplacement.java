package org.activemessaging.autoconfigure;

import org.activemessaging.broker.Broker;
import org.jspecify.annotations.Nullable;

/**
 * Puts other brokers in the place of those that are configured: for tests. At most one
 * such bean is asked, for each broker that no {@link BrokerConnectionDetails} tell the
 * place of.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BrokerReplacement {

	/**
	 * Replaces a broker, of which nothing but its name is read then.
	 * @param name the name of the broker
	 * @param application the name of this application
	 * @return the broker to use, of the same name, or {@code null} for the one that is
	 * configured
	 */
	@Nullable Broker replace(String name, String application);

}
