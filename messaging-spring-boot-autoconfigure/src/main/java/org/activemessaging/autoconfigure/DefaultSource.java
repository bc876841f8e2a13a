package org.activemessaging.autoconfigure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.jms.ConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Where the default broker comes from.
 *
 * @param kind what it comes from
 * @param broker the name of the default broker, or {@code null} if there is none
 */
record DefaultSource(Kind kind, @Nullable String broker) {

	private static final String CONNECTION_DETAILS = "org.springframework.boot.activemq.autoconfigure.ActiveMQConnectionDetails";

	private static final String EMBEDDED_BROKER = "org.apache.activemq.broker.BrokerService";

	// What Spring Boot makes a connection factory from, and the class that does it.
	private static final Map<String, String> BOOT_PROPERTIES = Map.of("spring.activemq",
			"org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration", "spring.artemis",
			"org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration", "spring.jms.jndi-name",
			"org.springframework.boot.jms.autoconfigure.JndiConnectionFactoryAutoConfiguration");

	static DefaultSource find(Environment environment, ConfigurableListableBeanFactory beanFactory,
			@Nullable String configured, Collection<String> names) {
		String named = DefaultBroker.find(configured, names);
		if (named != null) {
			return new DefaultSource(Kind.PROPERTIES, named);
		}
		if (hasConnectionFactory(environment, beanFactory)) {
			return new DefaultSource(Kind.CONNECTION_FACTORY, DefaultBroker.NAME);
		}
		if (hasConnectionDetails(beanFactory)) {
			return new DefaultSource(Kind.CONNECTION_DETAILS, DefaultBroker.NAME);
		}
		if (!names.isEmpty()) {
			throw DefaultBroker.ambiguous(names);
		}
		boolean embedded = environment.getProperty("messaging.embedded.enabled", Boolean.class, true)
				&& isPresent(EMBEDDED_BROKER, beanFactory);
		return embedded ? new DefaultSource(Kind.EMBEDDED, DefaultBroker.NAME) : new DefaultSource(Kind.NONE, null);
	}

	// A connection factory of the user, or one that Spring Boot is going to make.
	private static boolean hasConnectionFactory(Environment environment, ConfigurableListableBeanFactory beanFactory) {
		Binder binder = Binder.get(environment);
		return !foreignConnectionFactories(beanFactory).isEmpty() || BOOT_PROPERTIES.entrySet()
			.stream()
			.anyMatch((entry) -> isPresent(entry.getValue(), beanFactory) && isBound(binder, entry.getKey()));
	}

	private static boolean isBound(Binder binder, String name) {
		return binder.bind(name, String.class).isBound()
				|| binder.bind(name, Bindable.mapOf(String.class, Object.class)).isBound();
	}

	static List<String> foreignConnectionFactories(ConfigurableListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(ConnectionFactory.class, true, false))
			.filter((name) -> !BrokerRegistrar.isRegisteredHere(beanFactory, name))
			.toList();
	}

	private static boolean hasConnectionDetails(ConfigurableListableBeanFactory beanFactory) {
		return isPresent(CONNECTION_DETAILS, beanFactory) && beanFactory.getBeanNamesForType(
				ClassUtils.resolveClassName(CONNECTION_DETAILS, beanFactory.getBeanClassLoader()), true,
				false).length == 1;
	}

	private static boolean isPresent(String className, ConfigurableListableBeanFactory beanFactory) {
		return ClassUtils.isPresent(className, beanFactory.getBeanClassLoader());
	}

	/**
	 * Returns the definition of a bean that is this. The decision is taken once: later,
	 * Spring Boot may have made a connection factory that nobody asked for.
	 * @return the definition
	 */
	BeanDefinition definition() {
		RootBeanDefinition definition = new RootBeanDefinition(DefaultSource.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, this.kind);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, this.broker);
		return definition;
	}

	boolean needsBroker() {
		return this.kind != Kind.PROPERTIES && this.kind != Kind.NONE;
	}

	boolean needsConnectionFactory() {
		return this.kind == Kind.CONNECTION_DETAILS || this.kind == Kind.EMBEDDED;
	}

	/**
	 * What the default broker comes from.
	 */
	enum Kind {

		/**
		 * The properties of this library.
		 */
		PROPERTIES,

		/**
		 * A connection factory of the user or of Spring Boot.
		 */
		CONNECTION_FACTORY,

		/**
		 * Connection details of ActiveMQ, from Testcontainers or Docker Compose.
		 */
		CONNECTION_DETAILS,

		/**
		 * A broker inside the application.
		 */
		EMBEDDED,

		/**
		 * Nothing.
		 */
		NONE

	}

}
