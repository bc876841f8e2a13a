package org.activemessaging.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import io.cloudevents.core.builder.CloudEventBuilder;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.cloudevents.CloudEventEnvelope;
import org.activemessaging.cloudevents.CloudEventFormat;
import org.activemessaging.cloudevents.CloudEventsMode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * CloudEvents, where the SDK is on the class path.
 */
@Configuration(proxyBeanMethods = false)
class CloudEventsConfiguration {

	private static Map<String, CloudEventsMode> modes(MessagingProperties properties) {
		Map<String, CloudEventsMode> modes = new TreeMap<>();
		properties.destination().forEach((name, destination) -> {
			if (destination.cloudEvents() != null) {
				modes.put(name, destination.cloudEvents());
			}
		});
		return modes;
	}

	/**
	 * With the SDK and Jackson.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ CloudEventBuilder.class, JsonMapper.class })
	static class PresentConfiguration {

		@Bean
		CloudEventEnvelope messagingCloudEventEnvelope(ObjectProvider<JsonMapper> mapper,
				MessagingProperties properties) {
			return new CloudEventEnvelope(mapper(mapper), modes(properties));
		}

		@Bean
		CloudEventFormat messagingCloudEventFormat(ObjectProvider<JsonMapper> mapper) {
			return new CloudEventFormat(mapper(mapper));
		}

		private static JsonMapper mapper(ObjectProvider<JsonMapper> mapper) {
			return mapper.getIfAvailable(() -> JsonMapper.builder().build());
		}

	}

	/**
	 * Without the SDK.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.cloudevents.core.builder.CloudEventBuilder")
	static class MissingConfiguration {

		@Bean
		SmartInitializingSingleton messagingCloudEventsRequirement(MessagingProperties properties) {
			return () -> modes(properties).keySet().stream().findFirst().ifPresent((name) -> {
				throw new MessagingConfigurationException(
						"The property 'messaging.destination." + name + ".cloud-events' says how CloudEvents are"
								+ " published, but the SDK of CloudEvents is not on the class path.",
						"Add the dependency 'io.cloudevents:cloudevents-core', or remove 'messaging.destination." + name
								+ ".cloud-events'." + Adapters.BOM);
			});
		}

	}

}
