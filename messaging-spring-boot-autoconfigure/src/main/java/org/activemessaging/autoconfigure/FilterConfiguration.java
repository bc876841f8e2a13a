package org.activemessaging.autoconfigure;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.filter.CorrelationFilter;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
		CorrelationFilter correlationFilter(MessagingProperties properties) {
			String key = properties.filter().correlation().mdcKey();
			if (!StringUtils.hasText(key)) {
				throw new MessagingConfigurationException(
						"The property 'messaging.filter.correlation.mdc-key' is empty.",
						"Set 'messaging.filter.correlation.mdc-key', or remove it for 'correlationId'.");
			}
			return new CorrelationFilter(key);
		}

	}

}
