package org.activemessaging.flow;

import java.nio.file.Path;
import java.time.Duration;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application that writes down what it processes.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
class ConsumerMain {

	public static void main(String[] arguments) {
		SpringApplication.run(ConsumerMain.class, arguments);
	}

	@Bean
	Ledger ledger(Environment environment) {
		return new Ledger(Path.of(environment.getRequiredProperty("ledger")),
				Duration.ofMillis(environment.getProperty("work", Long.class, 5L)));
	}

}
