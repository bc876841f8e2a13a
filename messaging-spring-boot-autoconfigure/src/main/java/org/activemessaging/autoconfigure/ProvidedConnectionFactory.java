package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.Map;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.autoconfigure.MessagingProperties.BrokerProperties;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.jms.JmsAdapter;
import org.activemessaging.broker.jms.JmsOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The connection factory that a broker names, whatever provider it comes from.
 *
 * @param adapter the adapter that speaks to the broker
 * @param url what is shown where no URL is configured
 * @param bean the connection factory that the adapter is to adopt, or {@code null} if it
 * makes its own
 */
record ProvidedConnectionFactory(BrokerAdapter adapter, String url, @Nullable ConnectionFactory bean) {

	private static final String BEAN = "bean:";

	private static final String JNDI = "java:";

	static @Nullable ProvidedConnectionFactory of(String broker, BrokerProperties properties,
			ConfigurableListableBeanFactory beanFactory, Adapters adapters) {
		String value = properties.connectionFactory();
		if (value == null) {
			return null;
		}
		String property = "messaging.broker." + broker + ".connection-factory";
		boolean bean = value.startsWith(BEAN);
		boolean jndi = value.startsWith(JNDI);
		if (bean || jndi) {
			refuse(properties.url() != null, broker + ".url", value);
			refuse(!properties.properties().isEmpty(), broker + ".properties", value);
			refuse(properties.ssl().bundle() != null, broker + ".ssl.bundle", value);
		}
		JmsOptions options = new JmsOptions(properties.jms().individualAcknowledge(), properties.jms().groupQueue(),
				properties.jms().capabilities());
		String adapter = properties.adapter();
		if (bean) {
			return ofBean(broker, property, value, adapter, options, beanFactory, adapters);
		}
		if (adapter != null && !adapter.equals(JmsAdapter.NAME)) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + value + "', which is for the adapter 'jms', but"
							+ " 'messaging.broker." + broker + ".adapter' is '" + adapter + "'.",
					"Remove one of them.");
		}
		if (jndi) {
			return new ProvidedConnectionFactory(JmsAdapter.ofJndiName(broker, value, options), value, null);
		}
		JmsAdapter ofClass = JmsAdapter.ofClass(broker, value, beanFactory.getBeanClassLoader(), options);
		return new ProvidedConnectionFactory(ofClass, String.valueOf(ofClass.url()), null);
	}

	private static void refuse(boolean set, String property, String connectionFactory) {
		if (set) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + property + "' is set, but the connection factory '"
							+ connectionFactory + "' is complete, and it is not changed.",
					"Remove 'messaging.broker." + property + "'.");
		}
	}

	private static ProvidedConnectionFactory ofBean(String broker, String property, String value,
			@Nullable String adapter, JmsOptions options, ConfigurableListableBeanFactory beanFactory,
			Adapters adapters) {
		ConnectionFactory bean = bean(property, value, beanFactory);
		BrokerAdapter jms = JmsAdapter.ofBean(broker, bean, options);
		if (adapter == null) {
			return new ProvidedConnectionFactory(adapters.all()
				.stream()
				.filter((candidate) -> adopts(candidate, bean, broker, value))
				.findFirst()
				.orElse(jms), value, bean);
		}
		BrokerAdapter named = adapter.equals(JmsAdapter.NAME) ? jms : adapters.named(broker, adapter);
		if (named != jms && !adopts(named, bean, broker, value)) {
			throw new MessagingConfigurationException(
					"The adapter of broker '" + broker + "' is '" + adapter + "', which does not know "
							+ bean.getClass().getName() + ", the type of the bean that '" + property + "' names.",
					"Remove 'messaging.broker." + broker + ".adapter', or set it to 'jms'.");
		}
		return new ProvidedConnectionFactory(named, value, bean);
	}

	private static boolean adopts(BrokerAdapter adapter, ConnectionFactory bean, String broker, String url) {
		BrokerProfile profile = new BrokerProfile(broker, broker, url, null, null, null, Duration.ofSeconds(1),
				Duration.ofSeconds(1), Duration.ofSeconds(1), Map.of());
		return adapter.adoptConnectionFactory(bean, profile) != null;
	}

	private static ConnectionFactory bean(String property, String value, ConfigurableListableBeanFactory beanFactory) {
		String name = value.substring(BEAN.length());
		if (!beanFactory.containsBean(name)) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + value + "', but there is no bean of that name."
							+ NearestMatch.describe(name, DefaultSource.foreignConnectionFactories(beanFactory)),
					"Declare the bean, or correct '" + property + "'.");
		}
		if (BrokerRegistrar.isRegisteredHere(beanFactory, name)) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + value
							+ "', which is the bean that this library itself makes of a broker.",
					"Name a bean of the application instead.");
		}
		try {
			return BrokersFactory.unwrapped(beanFactory.getBean(name, ConnectionFactory.class));
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + value + "', but that bean is a "
							+ ex.getActualType().getName() + " instead of a jakarta.jms.ConnectionFactory.",
					"Correct '" + property + "'.", ex);
		}
	}

	/**
	 * Returns the broker.
	 * @param profile its profile
	 */
	Broker broker(BrokerProfile profile) {
		ConnectionFactory bean = this.bean;
		ConnectionFactory adopted = (bean != null) ? this.adapter.adoptConnectionFactory(bean, profile) : null;
		return (adopted != null) ? new Broker(profile, this.adapter, () -> adopted) : Broker.of(profile, this.adapter);
	}

}
