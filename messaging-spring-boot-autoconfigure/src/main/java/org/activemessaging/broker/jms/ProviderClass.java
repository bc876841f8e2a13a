package org.activemessaging.broker.jms;

import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.Set;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.jspecify.annotations.Nullable;

/**
 * A provider's class of connection factories, which is on the class path and for this
 * API.
 */
final class ProviderClass {

	private static final String OLD_API = "javax.jms.ConnectionFactory";

	private final Class<? extends ConnectionFactory> type;

	private ProviderClass(Class<? extends ConnectionFactory> type) {
		this.type = type;
	}

	static ProviderClass load(String broker, String className, @Nullable ClassLoader classLoader) {
		String property = "messaging.broker." + broker + ".connection-factory";
		Class<?> type;
		try {
			type = Class.forName(className, false, classLoader);
			// Also finds out whether all that it needs is there.
			type.getConstructors();
		}
		catch (ClassNotFoundException ex) {
			throw missing(property, className, ex);
		}
		catch (LinkageError ex) {
			if (String.valueOf(ex.getMessage()).contains("javax/jms/")) {
				throw oldApi(property, className, ex);
			}
			throw new MessagingConfigurationException(
					"The class " + className + ", which '" + property + "' names, cannot be used: " + ex + ".",
					"Add what the provider's client needs besides itself to the class path.", ex);
		}
		if (ConnectionFactory.class.isAssignableFrom(type)) {
			return new ProviderClass(type.asSubclass(ConnectionFactory.class));
		}
		if (interfaceNames(type, new HashSet<>()).contains(OLD_API)) {
			throw oldApi(property, className, null);
		}
		throw new MessagingConfigurationException(
				"The class " + className + ", which '" + property + "' names, is no jakarta.jms.ConnectionFactory.",
				"Set '" + property + "' to the connection factory of the provider's client.");
	}

	private static MessagingConfigurationException missing(String property, String className, Throwable cause) {
		String client = Provider.client(className);
		return new MessagingConfigurationException(
				"The class " + className + ", which '" + property + "' names, is not on the class path.",
				"Add the provider's client" + ((client != null) ? ", the dependency '" + client + "'" : "")
						+ ", or correct '" + property + "'.",
				cause);
	}

	private static MessagingConfigurationException oldApi(String property, String className,
			@Nullable Throwable cause) {
		String client = Provider.client(className);
		return new MessagingConfigurationException(
				"The class " + className + ", which '" + property + "' names, implements javax.jms, the API before"
						+ " Jakarta Messaging 3.",
				"Use the provider's jakarta client" + ((client != null) ? ", '" + client + "'" : "") + ".", cause);
	}

	private static Set<String> interfaceNames(Class<?> type, Set<String> names) {
		for (Class<?> candidate : type.getInterfaces()) {
			names.add(candidate.getName());
			interfaceNames(candidate, names);
		}
		if (type.getSuperclass() != null) {
			interfaceNames(type.getSuperclass(), names);
		}
		return names;
	}

	Provider provider() {
		return Provider.of(this.type.getName());
	}

	/**
	 * Returns what stands for a URL where there is none.
	 */
	String url() {
		return "class:" + this.type.getSimpleName();
	}

	ConnectionFactory create(BrokerProfile profile) {
		ConnectionFactory connectionFactory = instantiate(profile);
		ProviderProperties properties = new ProviderProperties(connectionFactory, profile);
		if (!profile.url().equals(url())) {
			applyUrl(properties, profile);
		}
		properties.apply();
		if (profile.tls() != null) {
			provider().secure(connectionFactory, profile.tls(), profile);
		}
		provider().check(connectionFactory, profile);
		return connectionFactory;
	}

	private ConnectionFactory instantiate(BrokerProfile profile) {
		try {
			return this.type.getConstructor().newInstance();
		}
		catch (InvocationTargetException ex) {
			throw noInstance(profile, "its constructor fails: " + BrokerUrl.redact(String.valueOf(ex.getCause())), ex);
		}
		catch (ReflectiveOperationException ex) {
			throw noInstance(profile, "it has no public constructor without parameters", ex);
		}
	}

	private MessagingConfigurationException noInstance(BrokerProfile profile, String reason, Throwable cause) {
		String property = "messaging.broker." + profile.name() + ".connection-factory";
		return new MessagingConfigurationException("The class " + this.type.getName() + ", which '" + property
				+ "' names, cannot be used, as " + reason + ".",
				"Declare a bean of this class, and set '" + property + "' to 'bean:<name>'.", cause);
	}

	private void applyUrl(ProviderProperties properties, BrokerProfile profile) {
		String urlProperty = provider().urlProperty();
		String property = "messaging.broker." + profile.name() + ".url";
		if (urlProperty == null) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is set, but nobody knows how " + this.type.getName()
							+ " takes a URL.",
					"Remove it, and set the class's own properties under 'messaging.broker." + profile.name()
							+ ".properties'.");
		}
		properties.set(property, urlProperty, profile.url());
	}

}
