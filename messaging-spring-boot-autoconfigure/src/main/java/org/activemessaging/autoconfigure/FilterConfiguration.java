package org.activemessaging.autoconfigure;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.FilterProperties.TraceProperties;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.CorrelationFilter;
import org.activemessaging.filter.TraceFilter;
import org.activemessaging.filter.Traces;
import org.slf4j.MDC;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The filters that are built in. All of them are switched off by default, as messages are
 * read by others, too.
 */
@Configuration(proxyBeanMethods = false)
class FilterConfiguration {

	/**
	 * The correlation id.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MDC.class)
	@ConditionalOnBooleanProperty("messaging.filter.correlation.enabled")
	static class CorrelationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CorrelationFilter messagingCorrelationFilter(MessagingProperties properties) {
			String key = properties.filter().correlation().mdcKey();
			if (!StringUtils.hasText(key)) {
				throw new MessagingConfigurationException(
						"The property 'messaging.filter.correlation.mdc-key' is empty.",
						"Set 'messaging.filter.correlation.mdc-key', or remove it for 'correlationId'.");
			}
			return new CorrelationFilter(key);
		}

	}

	/**
	 * The live picture of what passes.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("messaging.filter.trace.destination")
	static class TraceConfiguration {

		@Bean(initMethod = "start", destroyMethod = "close")
		Traces messagingTraces(MessagingProperties properties, ObjectProvider<MessagePublisher> publisher) {
			TraceProperties trace = properties.filter().trace();
			Checks.range("messaging.filter.trace.capacity", trace.capacity(), 1, 100_000);
			Checks.positive("messaging.filter.trace.time-to-live", trace.timeToLive());
			return new Traces(String.valueOf(trace.destination()), trace.capacity(), trace.timeToLive(),
					publisher::getObject);
		}

		@Bean
		TraceFilter messagingTraceFilter(MessagingProperties properties, NamedDestinations destinations, Traces traces,
				Environment environment) {
			TraceProperties trace = properties.filter().trace();
			Checks.range("messaging.filter.trace.payload-length", trace.payloadLength(), 0, 10_000);
			String where = "'messaging.filter.trace.destination'";
			return new TraceFilter(destinations.get(traces.destination(), where).forPublishing(where),
					ApplicationName.of(environment).name(), trace.payloadLength(), traces);
		}

	}

}
