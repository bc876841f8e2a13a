package org.activemessaging.broker.jms;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.BeansException;
import org.springframework.util.ClassUtils;

/**
 * The properties of a provider's connection factory: those of the bean, in any spelling,
 * and for IBM MQ also those that it knows by names only.
 */
final class ProviderProperties {

	private static final String IBM_CONSTANTS = "com.ibm.msg.client.jakarta.wmq.WMQConstants";

	private static final Pattern SECRET = Pattern.compile("password|passwd|secret|token|passphrase|passcode|pwd|key",
			Pattern.CASE_INSENSITIVE);

	private final ConnectionFactory connectionFactory;

	private final BrokerProfile profile;

	ProviderProperties(ConnectionFactory connectionFactory, BrokerProfile profile) {
		this.connectionFactory = connectionFactory;
		this.profile = profile;
	}

	void apply() {
		this.profile.properties().forEach((name, value) -> {
			String property = "messaging.broker." + this.profile.name() + ".properties." + name;
			if (ibmNames().contains(name)) {
				setByName(property, name, value);
			}
			else {
				set(property, name, value);
			}
		});
	}

	/**
	 * Sets a property.
	 * @param property where its value comes from
	 * @param path its name, nested ones after dots
	 * @param value its value
	 */
	void set(String property, String path, String value) {
		Object target = this.connectionFactory;
		String[] names = path.split("\\.");
		for (int i = 0; i < names.length; i++) {
			BeanWrapper bean = new BeanWrapperImpl(target);
			boolean last = i == names.length - 1;
			PropertyDescriptor descriptor = find(bean, names[i], last);
			if (descriptor == null) {
				throw unknown(property, bean, names[i], last);
			}
			if (last) {
				set(bean, descriptor, property, value);
				return;
			}
			target = value(bean, descriptor, property);
		}
	}

	private static Object value(BeanWrapper bean, PropertyDescriptor descriptor, String property) {
		Object value = bean.getPropertyValue(descriptor.getName());
		if (value == null) {
			throw new MessagingConfigurationException("The property '" + property + "' cannot be set, as '"
					+ descriptor.getName() + "' of " + bean.getWrappedClass().getName() + " is null.",
					"Remove '" + property + "'.");
		}
		return value;
	}

	private static @Nullable PropertyDescriptor find(BeanWrapper bean, String name, boolean writable) {
		return Arrays.stream(bean.getPropertyDescriptors())
			.filter((candidate) -> plain(candidate.getName()).equals(plain(name)))
			.filter((candidate) -> writable ? bean.isWritableProperty(candidate.getName())
					: bean.isReadableProperty(candidate.getName()))
			.findFirst()
			.orElse(null);
	}

	private static String plain(String name) {
		return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
	}

	private MessagingConfigurationException unknown(String property, BeanWrapper bean, String name, boolean writable) {
		Set<String> known = Arrays.stream(bean.getPropertyDescriptors())
			.map(PropertyDescriptor::getName)
			.filter((candidate) -> writable ? bean.isWritableProperty(candidate) : bean.isReadableProperty(candidate))
			.collect(Collectors.toCollection(TreeSet::new));
		String action = "Remove it or correct its name; the properties of " + bean.getWrappedClass().getName()
				+ " are: " + known + ".";
		if (!ibmNames().isEmpty()) {
			action += " What IBM MQ knows by a name such as XMSC_WMQ_APPNAME is set in brackets, as in"
					+ " 'messaging.broker." + this.profile.name() + ".properties.[XMSC_WMQ_APPNAME]'.";
		}
		return new MessagingConfigurationException("The property '" + property + "' is not one of "
				+ bean.getWrappedClass().getName() + "." + NearestMatch.describe(name, known), action);
	}

	private static void set(BeanWrapper bean, PropertyDescriptor descriptor, String property, String value) {
		try {
			bean.setPropertyValue(descriptor.getName(), value);
		}
		catch (BeansException ex) {
			throw wrong(property, value, "a value of type " + descriptor.getPropertyType().getSimpleName(),
					ex.getMostSpecificCause());
		}
	}

	// Without the cause where the value is a secret: its message may quote it.
	private static MessagingConfigurationException wrong(String property, String value, String expected,
			@Nullable Throwable cause) {
		boolean secret = SECRET.matcher(property.substring(property.lastIndexOf('.') + 1)).find();
		String shown = secret ? "" : " '" + BrokerUrl.redact(value) + "'";
		String reason = (secret || cause == null) ? ""
				: " (" + BrokerUrl.redact(String.valueOf(cause.getMessage())) + ")";
		return new MessagingConfigurationException(
				"The value" + shown + " of the property '" + property + "' is not " + expected
						+ " that the provider's connection factory takes" + reason + ".",
				"Correct '" + property + "'.");
	}

	// All those that IBM's connection factory takes, it does not check the names.
	private Set<String> ibmNames() {
		if (Provider.of(this.connectionFactory.getClass().getName()) != Provider.IBM_MQ) {
			return Set.of();
		}
		try {
			Class<?> constants = ClassUtils.forName(IBM_CONSTANTS, this.connectionFactory.getClass().getClassLoader());
			return Arrays.stream(constants.getFields())
				.filter((field) -> field.getType() == String.class)
				.map(ProviderProperties::constant)
				.filter(Objects::nonNull)
				.filter((name) -> name.startsWith("XMSC_"))
				.collect(Collectors.toSet());
		}
		catch (ClassNotFoundException ex) {
			return Set.of();
		}
	}

	private static @Nullable String constant(Field field) {
		try {
			return (String) field.get(null);
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

	// Converts the text to what the property is.
	private void setByName(String property, String name, String value) {
		try {
			Method method = this.connectionFactory.getClass()
				.getMethod("setStringProperty", String.class, String.class);
			method.invoke(this.connectionFactory, name, value);
		}
		catch (InvocationTargetException ex) {
			throw wrong(property, value, "one", ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
