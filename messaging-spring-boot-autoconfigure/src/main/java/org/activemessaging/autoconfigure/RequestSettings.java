package org.activemessaging.autoconfigure;

import java.util.UUID;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.request.CorrelatingMessageRequester.Settings;

/**
 * Where replies come to, and for how long they are waited for.
 */
final class RequestSettings {

	private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

	private RequestSettings() {
	}

	static Settings of(MessagingProperties properties, ApplicationName application) {
		RequestProperties request = properties.request();
		Checks.positive("messaging.request.timeout", request.timeout());
		String instance = (request.instance() != null) ? request.instance()
				: UUID.randomUUID().toString().substring(0, 8);
		if (!INSTANCE.matcher(instance).matches()) {
			throw new MessagingConfigurationException(
					"The property 'messaging.request.instance' is '" + instance
							+ "', but it must be 1 to 40 letters, digits, '-' and '_'.",
					"Correct 'messaging.request.instance', or remove it: it is random by default.");
		}
		return new Settings(application.name(), instance, request.timeout(),
				properties.listener().maxPayloadSize().toBytes());
	}

}
