package org.activemessaging.broker.jms;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Sets up connections of Qpid JMS, by the names of their properties.
 */
final class QpidClient {

	private static final Log logger = LogFactory.getLog(QpidClient.class);

	// In milliseconds; a broker that is gone must not hold up the end of the application.
	private static final long CLOSE_TIMEOUT = 3000;

	// Set while a consumer is being created: the client asks for it in this thread.
	private static final ThreadLocal<Integer> PREFETCH = new ThreadLocal<>();

	private QpidClient() {
	}

	static void check(ConnectionFactory connectionFactory, BrokerProfile profile) {
		BeanWrapper bean = new BeanWrapperImpl(connectionFactory);
		String url = String.valueOf(bean.getPropertyValue("remoteURI"));
		if (BrokerUrl.scheme(url).equals("failover")) {
			throw new MessagingConfigurationException(
					"The URL of broker '" + profile.name() + "' begins with 'failover:', which has Qpid JMS reconnect"
							+ " by itself: what was sent or acknowledged meanwhile would come out wrong unseen.",
					"Set 'messaging.broker." + profile.name() + ".url' to one 'amqp:' or 'amqps:' URL: this library"
							+ " reconnects, as 'messaging.broker." + profile.name() + ".reconnect' says.");
		}
		if (Boolean.TRUE.equals(bean.getPropertyValue("forceAsyncSend"))) {
			throw new MessagingConfigurationException(
					"The option 'forceAsyncSend' is set for broker '" + profile.name()
							+ "', but then sends would be lost with the broker.",
					"Remove 'jms.forceAsyncSend' from 'messaging.broker." + profile.name() + ".url' and from"
							+ " 'messaging.broker." + profile.name() + ".properties'.");
		}
	}

	static void probe(ConnectionFactory connectionFactory, BrokerProfile profile) throws JMSException {
		Object url = new BeanWrapperImpl(connectionFactory).getPropertyValue("remoteURI");
		URI uri = URI.create(String.valueOf(url));
		if (uri.getHost() == null || uri.getPort() <= 0) {
			return;
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()),
					Math.toIntExact(profile.publishTimeout().toMillis()));
		}
		catch (IOException ex) {
			JMSException failure = new JMSException("Could not connect to " + profile.displayUrl());
			failure.initCause(ex);
			throw failure;
		}
	}

	static void connected(Connection connection, BrokerProfile profile) throws JMSException {
		BeanWrapper bean = new BeanWrapperImpl(connection);
		long timeout = profile.publishTimeout().toMillis();
		bound(bean, "requestTimeout", timeout);
		bound(bean, "sendTimeout", timeout);
		bound(bean, "closeTimeout", Math.min(timeout, CLOSE_TIMEOUT));
		// What the broker is, the client learns with the first thing that it asks for.
		connection.createSession(false, Session.AUTO_ACKNOWLEDGE).close();
		refuseOldRabbitMq(connection, profile);
		pace(bean);
	}

	private static void bound(BeanWrapper bean, String property, long limit) {
		if (!(bean.getPropertyValue(property) instanceof Long value) || value < 0 || value > limit) {
			bean.setPropertyValue(property, limit);
		}
	}

	// Each session copies the policy of its connection and asks the copy.
	private static void pace(BeanWrapper connection) throws JMSException {
		Object policy = connection.getPropertyValue("prefetchPolicy");
		Class<?> type = connection.getPropertyType("prefetchPolicy");
		if (policy != null && type != null && !Proxy.isProxyClass(policy.getClass())) {
			connection.setPropertyValue("prefetchPolicy", Proxy.newProxyInstance(type.getClassLoader(),
					new Class<?>[] { type }, (proxy, method, arguments) -> {
						Integer prefetch = PREFETCH.get();
						return switch (method.getName()) {
							case "copy" -> proxy;
							case "getConfiguredPrefetch" ->
								(prefetch != null) ? prefetch : ReflectionUtils.invokeMethod(method, policy, arguments);
							default -> ReflectionUtils.invokeMethod(method, policy, arguments);
						};
					}));
		}
	}

	static MessageConsumer withPrefetch(int prefetch, Opening opening) throws JMSException {
		PREFETCH.set(prefetch);
		try {
			return opening.open();
		}
		finally {
			PREFETCH.remove();
		}
	}

	private static void refuseOldRabbitMq(Connection connection, BrokerProfile profile) throws JMSException {
		Map<?, ?> peer = peer(connection);
		if ("RabbitMQ".equals(text(peer, "product")) && text(peer, "version").startsWith("3.")) {
			throw new JMSException("The broker '" + profile.name() + "' is RabbitMQ " + text(peer, "version")
					+ ", whose AMQP 1.0 plugin has no transactions and destroys what is browsed. Use the adapter"
					+ " 'rabbitmq' and its port 5672 with the client com.rabbitmq.jms:rabbitmq-jms.");
		}
	}

	private static String text(Map<?, ?> peer, String name) {
		// The keys are symbols of a class that may not be there.
		return peer.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().toString().equals(name))
			.map((entry) -> String.valueOf(entry.getValue()))
			.findFirst()
			.orElse("");
	}

	// What the broker says about itself when the connection opens; the client keeps it to
	// itself.
	private static Map<?, ?> peer(Connection connection) {
		try {
			Field provider = ReflectionUtils.findField(connection.getClass(), "provider");
			Object target = (provider != null) ? value(provider, connection) : null;
			Field engine = (target != null) ? ReflectionUtils.findField(target.getClass(), "protonConnection") : null;
			Object open = (engine != null && target != null) ? value(engine, target) : null;
			Method properties = (open != null) ? ReflectionUtils.findMethod(engineType(open), "getRemoteProperties")
					: null;
			return (properties != null && ReflectionUtils.invokeMethod(properties, open) instanceof Map<?, ?> map) ? map
					: Map.of();
		}
		catch (RuntimeException ex) {
			logger.debug("Qpid JMS does not tell what broker it is connected to", ex);
			return Map.of();
		}
	}

	// The implementation is hidden, its interface is not.
	private static Class<?> engineType(Object open) {
		for (Class<?> type : ClassUtils.getAllInterfacesForClass(open.getClass())) {
			if (type.getName().equals("org.apache.qpid.proton.engine.Connection")) {
				return type;
			}
		}
		return open.getClass();
	}

	private static @Nullable Object value(Field field, Object target) {
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, target);
	}

	static boolean isConnected(Connection connection) {
		Method method = ReflectionUtils.findMethod(connection.getClass(), "isConnected");
		return method == null || !Boolean.FALSE.equals(ReflectionUtils.invokeMethod(method, connection));
	}

	/**
	 * Opens a consumer.
	 */
	@FunctionalInterface
	interface Opening {

		/**
		 * Opens it.
		 * @return the consumer
		 * @throws JMSException if the broker refuses it
		 */
		MessageConsumer open() throws JMSException;

	}

}
