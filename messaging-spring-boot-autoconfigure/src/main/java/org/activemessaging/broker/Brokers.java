package org.activemessaging.broker;

import java.util.Collection;
import java.util.List;

import jakarta.jms.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of the application by name. The brokers are closed with it.
 *
 * @since 0.1.0
 */
public interface Brokers extends AutoCloseable {

	/**
	 * Returns a broker.
	 * @param name its name
	 * @return the broker
	 * @throws UnknownBrokerException if there is none of that name
	 */
	Broker get(String name);

	/**
	 * Returns the broker of destinations that name none.
	 * @return the default broker, or {@code null} if there is none
	 */
	@Nullable Broker getDefault();

	/**
	 * Returns all brokers.
	 * @return the brokers in the order of the configuration
	 */
	List<Broker> all();

	/**
	 * Returns the connection factory that the application may use beside this library. It
	 * keeps a connection and some sessions open.
	 * @param name the name of the broker
	 * @return its connection factory
	 * @throws UnknownBrokerException if there is none of that name
	 */
	default ConnectionFactory connectionFactory(String name) {
		return get(name).sharedConnectionFactory();
	}

	@Override
	void close();

	/**
	 * Creates a registry.
	 * @param brokers the brokers
	 * @param defaultBroker the name of the default one
	 * @param onClose what to do when all connections are closed
	 * @return the registry
	 */
	static Brokers of(Collection<Broker> brokers, @Nullable String defaultBroker, Runnable onClose) {
		return new DefaultBrokers(brokers, defaultBroker, onClose);
	}

}
