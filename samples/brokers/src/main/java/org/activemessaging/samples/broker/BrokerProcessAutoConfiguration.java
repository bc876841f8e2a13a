package org.activemessaging.samples.broker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the brokers under {@code samples.brokers}.
 */
@AutoConfiguration
@EnableConfigurationProperties(BrokerProcessProperties.class)
public final class BrokerProcessAutoConfiguration {

	@Bean
	BrokerProcesses brokerProcesses(BrokerProcessProperties properties) {
		return new BrokerProcesses(properties);
	}

}
