package org.activemessaging.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application that writes down when it begins and ends each message, by the clock that
 * all JVMs of a machine share.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
class PermitMain {

	public static void main(String[] arguments) {
		SpringApplication.run(PermitMain.class, arguments);
	}

	@Bean
	Encoder encoder(Environment environment) {
		return new Encoder(Path.of(environment.getRequiredProperty("ledger")),
				Duration.ofMillis(environment.getRequiredProperty("work", Long.class)));
	}

	record Encoder(Path ledger, Duration work) {

		@SubscribesTo("orders")
		void onMessage(String payload) throws IOException {
			note('+', payload);
			Flow.work(this.work);
			note('-', payload);
		}

		private void note(char what, String payload) throws IOException {
			String line = what + " " + System.nanoTime() + " " + ProcessHandle.current().pid() + " " + payload + "\n";
			Files.writeString(this.ledger, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}

	}

}
