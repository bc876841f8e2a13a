package org.activemessaging.broker.jms;

import java.util.Map;

import javax.net.ssl.SSLContext;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Tls;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapperImpl;

/**
 * What is known of the client libraries of some providers, by their names alone, as none
 * of them needs to be there.
 */
enum Provider {

	/**
	 * Qpid JMS, for brokers that speak AMQP 1.0.
	 */
	QPID("org.apache.qpid.jms.", "remoteURI", "sslContext", 101) {

		@Override
		void check(ConnectionFactory connectionFactory, BrokerProfile profile) {
			QpidClient.check(connectionFactory, profile);
		}

		@Override
		void probe(ConnectionFactory connectionFactory, BrokerProfile profile) throws JMSException {
			QpidClient.probe(connectionFactory, profile);
		}

		@Override
		void connected(Connection connection, BrokerProfile profile) throws JMSException {
			QpidClient.connected(connection, profile);
		}

	},

	/**
	 * IBM MQ.
	 */
	IBM_MQ("com.ibm.mq.jakarta.jms.", null, null, null) {

		@Override
		void secure(ConnectionFactory connectionFactory, Tls tls, BrokerProfile profile) {
			new BeanWrapperImpl(connectionFactory).setPropertyValue("SSLSocketFactory",
					sslContext(tls, profile).getSocketFactory());
		}

	},

	/**
	 * Artemis by its own client, of which the adapter {@code artemis} makes more.
	 */
	ARTEMIS("org.apache.activemq.artemis.", "brokerURL", null, 101),

	/**
	 * ActiveMQ Classic by its own client, of which the adapter {@code activemq} makes
	 * more.
	 */
	ACTIVEMQ("org.apache.activemq.", "brokerURL", null, 4),

	/**
	 * Any other.
	 */
	OTHER("", null, null, null);

	// What to add where a class is missing, by the beginning of its name.
	private static final Map<String, String> CLIENTS = Map.of("org.apache.qpid.jms.", "org.apache.qpid:qpid-jms-client",
			"com.ibm.mq.", "com.ibm.mq:com.ibm.mq.jakarta.client", "com.solacesystems.",
			"com.solacesystems:sol-jms-jakarta", "com.datastax.oss.pulsar.", "com.datastax.oss:pulsar-jms-all",
			"com.microsoft.azure.servicebus.", "org.apache.qpid:qpid-jms-client");

	private final String prefix;

	private final @Nullable String urlProperty;

	private final @Nullable String sslContextProperty;

	private final @Nullable Integer individualAcknowledge;

	Provider(String prefix, @Nullable String urlProperty, @Nullable String sslContextProperty,
			@Nullable Integer individualAcknowledge) {
		this.prefix = prefix;
		this.urlProperty = urlProperty;
		this.sslContextProperty = sslContextProperty;
		this.individualAcknowledge = individualAcknowledge;
	}

	static Provider of(String className) {
		for (Provider provider : values()) {
			if (className.startsWith(provider.prefix)) {
				return provider;
			}
		}
		return OTHER;
	}

	static @Nullable String client(String className) {
		return CLIENTS.entrySet()
			.stream()
			.filter((entry) -> className.startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns the property of the connection factory that takes a URL.
	 */
	@Nullable String urlProperty() {
		return this.urlProperty;
	}

	@Nullable Integer individualAcknowledge() {
		return this.individualAcknowledge;
	}

	/**
	 * Tells whether a consumer can be told how many messages it may be handed ahead.
	 */
	boolean paces() {
		return this == QPID;
	}

	/**
	 * Has a connection factory use TLS.
	 */
	void secure(ConnectionFactory connectionFactory, Tls tls, BrokerProfile profile) {
		if (this.sslContextProperty == null) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + profile.name() + ".ssl.bundle' is set, but nobody knows how "
							+ connectionFactory.getClass().getName() + " takes an SSL bundle.",
					"Remove it and set up TLS under 'messaging.broker." + profile.name()
							+ ".properties', or declare a bean and set 'messaging.broker." + profile.name()
							+ ".connection-factory' to 'bean:<name>'.");
		}
		new BeanWrapperImpl(connectionFactory).setPropertyValue(this.sslContextProperty, sslContext(tls, profile));
	}

	static SSLContext sslContext(Tls tls, BrokerProfile profile) {
		try {
			return tls.sslContext();
		}
		catch (IllegalStateException ex) {
			throw new MessagingConfigurationException(
					"The SSL bundle of broker '" + profile.name() + "' cannot be used.",
					"Correct 'messaging.broker." + profile.name() + ".ssl.bundle'.", ex);
		}
	}

	/**
	 * Checks a connection factory that has all of its properties.
	 * @throws MessagingConfigurationException if they break the promise
	 */
	void check(ConnectionFactory connectionFactory, BrokerProfile profile) {
	}

	/**
	 * Asks whether anybody is there, after a connection has failed: some clients log an
	 * error each time that they cannot connect.
	 * @throws JMSException if nobody is
	 */
	void probe(ConnectionFactory connectionFactory, BrokerProfile profile) throws JMSException {
	}

	/**
	 * Sets a new connection up for the promise of this library.
	 * @throws JMSException if the broker at its other end cannot keep it
	 */
	void connected(Connection connection, BrokerProfile profile) throws JMSException {
	}

}
