package org.activemessaging.samples.voyeur.stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.activemessaging.MessagePublisher;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Engages the stenographer where there are pages.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StenographerProperties.class)
@Profile("!analytics")
class StenographerConfiguration {

	@Bean
	Shorthand shorthand(MessagePublisher publisher, MeterRegistry meters) {
		return new Shorthand(publisher, meters);
	}

	@Bean
	@ConditionalOnProperty(name = "voyeur.stenographer.mode", havingValue = "background", matchIfMissing = true)
	BackgroundStenographer backgroundStenographer(Shorthand shorthand, StenographerProperties properties,
			MeterRegistry meters) {
		return new BackgroundStenographer(shorthand, properties, meters);
	}

	@Bean
	@ConditionalOnProperty(name = "voyeur.stenographer.mode", havingValue = "synchronous")
	SynchronousStenographer synchronousStenographer(Shorthand shorthand) {
		return new SynchronousStenographer(shorthand);
	}

}
