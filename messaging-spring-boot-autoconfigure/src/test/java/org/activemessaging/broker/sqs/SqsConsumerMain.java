package org.activemessaging.broker.sqs;

import java.nio.file.Path;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application that writes down what it processes, and sends it on.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
class SqsConsumerMain {

	public static void main(String[] arguments) {
		SpringApplication.run(SqsConsumerMain.class, arguments);
	}

	@Bean
	SqsLedger ledger(Environment environment, MessagePublisher publisher) {
		return new SqsLedger(Path.of(environment.getRequiredProperty("ledger")), publisher);
	}

}
