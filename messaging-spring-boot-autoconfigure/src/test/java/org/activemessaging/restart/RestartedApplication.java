package org.activemessaging.restart;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Publishes one record and receives it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RestartedApplication {

	@Bean
	BlockingQueue<Object> received() {
		return new LinkedBlockingQueue<>();
	}

	@Bean
	VisitProcessor visitProcessor(BlockingQueue<Object> received) {
		return new VisitProcessor(received);
	}

	@Bean
	CommandLineRunner visitor(MessagePublisher publisher) {
		return (arguments) -> publisher.publish("visits", new Visit("/home"));
	}

	record Visit(String page) {
	}

	@Processor
	record VisitProcessor(BlockingQueue<Object> received) {

		@SubscribesTo("visits")
		void onVisit(Visit visit) {
			this.received.add(visit);
		}

	}

}
