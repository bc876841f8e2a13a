package org.activemessaging.autoconfigure;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

import jakarta.jms.ConnectionFactory;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a connection factory bean for each broker. Only names are read here; all else
 * is read when the beans are made, so that it may still change at run time. The
 * definitions consist of nothing but names and strings, which also can be generated ahead
 * of time.
 */
class BrokerRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Bindable<Map<String, Object>> BROKERS = Bindable.mapOf(String.class, Object.class);

	private static final String SUFFIX = "ConnectionFactory";

	private final Environment environment;

	BrokerRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata, BeanDefinitionRegistry registry) {
		Binder binder = Binder.get(this.environment);
		Set<String> names = binder.bind("messaging.broker", BROKERS).orElse(Collections.emptyMap()).keySet();
		String configured = binder.bind("messaging.default-broker", String.class).orElse(null);
		ConfigurableListableBeanFactory beanFactory = (ConfigurableListableBeanFactory) registry;
		DefaultSource source = DefaultSource.find(this.environment, beanFactory, configured, names);
		registry.registerBeanDefinition("messagingDefaultSource", source.definition());
		for (String name : names) {
			register(registry, name, name.equals(source.broker()));
		}
		if (source.needsConnectionFactory()) {
			register(registry, DefaultBroker.NAME, true);
		}
	}

	private static void register(BeanDefinitionRegistry registry, String broker, boolean isDefault) {
		String beanName = broker + SUFFIX;
		if (registry.containsBeanDefinition(beanName)) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(ConnectionFactory.class);
		definition.setFactoryBeanName(BrokerConfiguration.BROKERS_BEAN);
		definition.setFactoryMethodName("connectionFactory");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, broker);
		definition.setDefaultCandidate(isDefault);
		// All of ours: a look-up by type would otherwise find the one that is no
		// fallback.
		definition.setFallback(true);
		// Closed by the brokers, together with what else they opened.
		definition.setDestroyMethodName("");
		registry.registerBeanDefinition(beanName, definition);
	}

	// Ahead of time, the name of the factory bean becomes code and is not in the
	// definition any more; that a definition is a fallback, or no candidate by type, is.
	static boolean isRegisteredHere(ConfigurableListableBeanFactory beanFactory, String beanName) {
		if (!beanName.endsWith(SUFFIX) || !beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		BeanDefinition definition = beanFactory.getBeanDefinition(beanName);
		return definition.isFallback()
				|| definition instanceof AbstractBeanDefinition candidate && !candidate.isDefaultCandidate();
	}

}
