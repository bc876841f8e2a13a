package org.activemessaging.autoconfigure;

import java.util.Map;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorIdempotentProperties;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorProperties;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.idempotent.Idempotence;
import org.activemessaging.idempotent.MessageKey;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.listener.Invocations;
import org.activemessaging.payload.PayloadConverter;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Which processors are idempotent: what the properties say for each, else what its
 * annotation says.
 */
final class IdempotentProcessors implements Invocations {

	private final Map<String, ProcessorProperties> processors;

	private final String application;

	private final PayloadConverter converter;

	private final ObjectProvider<Idempotence> idempotence;

	private final boolean outbox;

	IdempotentProcessors(Map<String, ProcessorProperties> processors, String application, PayloadConverter converter,
			ObjectProvider<Idempotence> idempotence, boolean outbox) {
		this.processors = processors;
		this.application = application;
		this.converter = converter;
		this.idempotence = idempotence;
		this.outbox = outbox;
	}

	@Override
	public FilterChain around(ProcessorDefinition processor, FilterChain method, DeliveryListener listener) {
		ProcessorProperties own = this.processors.get(processor.id());
		ProcessorIdempotentProperties properties = (own != null) ? own.idempotent()
				: new ProcessorIdempotentProperties(null, null);
		if (!isIdempotent(processor, properties)) {
			return method;
		}
		String prefix = "messaging.processor." + processor.id() + ".idempotent";
		if (processor.method().acknowledges()) {
			throw new MessagingConfigurationException(
					"The method " + processor.method().describe()
							+ " has a parameter of type Acknowledgment, but its processor '" + processor.id()
							+ "' is idempotent: its messages are acknowledged when the database has committed.",
					"Remove the parameter, or set '" + prefix + ".enabled' to 'false'.");
		}
		if (processor.method().takesWindow()) {
			throw new MessagingConfigurationException(
					"The method " + processor.method().describe()
							+ " takes a whole window by its List, but its processor '" + processor.id()
							+ "' is idempotent, and handles each message in a transaction of its own.",
					"Have the method take one message, or set '" + prefix + ".enabled' to 'false'.");
		}
		if (processor.method().publishes() && !this.outbox) {
			throw new MessagingConfigurationException(
					"The method " + processor.method().describe() + " has @PublishesTo, but its processor '"
							+ processor.id() + "' is idempotent, and may publish only in its database transaction.",
					"Set 'messaging.outbox.enabled' to 'true', or '" + prefix + ".enabled' to 'false'.");
		}
		MessageKey key = key(properties.key(), prefix);
		Idempotence idempotence = this.idempotence.getIfAvailable(() -> {
			throw JdbcRequirement.missing("The " + processor + " is idempotent ('" + prefix + ".enabled')");
		});
		return idempotence.around(processor, name(processor), key, method, listener);
	}

	private static boolean isIdempotent(ProcessorDefinition processor, ProcessorIdempotentProperties properties) {
		if (properties.enabled() != null) {
			return properties.enabled();
		}
		return properties.key() != null || Boolean.TRUE.equals(processor.idempotent());
	}

	private MessageKey key(@Nullable String expression, String prefix) {
		try {
			return new MessageKey(expression, this.converter);
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					"The property '" + prefix + ".key' is '" + expression + "', which is wrong: " + ex.getMessage(),
					"Correct '" + prefix + ".key', for example to \"headers['order_id']\" or \"payload.orderId\"; it is"
							+ " an expression of Spring's expression language over 'headers' and 'payload'.",
					ex);
		}
	}

	// Other applications may use the same database, and have processors of the same id.
	private String name(ProcessorDefinition processor) {
		return ((processor.group() != null) ? processor.group() : this.application) + "/" + processor.id();
	}

}
