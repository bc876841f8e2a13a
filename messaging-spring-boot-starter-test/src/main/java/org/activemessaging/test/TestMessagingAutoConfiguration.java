package org.activemessaging.test;

import java.util.List;
import java.util.Set;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.memory.MemoryBroker;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.payload.PayloadConverter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the brokers in memory and the
 * harness, for tests that ask for them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = MessagingAutoConfiguration.class)
public final class TestMessagingAutoConfiguration {

	private static final String PREFIX = "spring.test.messaging.";

	@Bean
	MemoryReplacement messagingMemoryReplacement(Environment environment) {
		return new MemoryReplacement(Set.of(environment.getProperty(PREFIX + "keep", String[].class, new String[0])),
				is(environment, "synchronous"));
	}

	@Bean
	Injection messagingInjection(Environment environment) {
		boolean firstTryFails = is(environment, "first-try-fails");
		if (firstTryFails && is(environment, "synchronous")) {
			throw new IllegalStateException("'firstTryFails' needs a second try, which there is none of with"
					+ " 'synchronous'; remove one of them from the annotation of the test");
		}
		return new Injection(is(environment, "duplicates"), firstTryFails);
	}

	@Bean
	Injection.Duplicates messagingDuplicates(Injection injection) {
		return new Injection.Duplicates(injection);
	}

	@Bean
	Injection.FirstTry messagingFirstTry(Injection injection) {
		return new Injection.FirstTry(injection);
	}

	private static boolean is(Environment environment, String name) {
		return environment.getProperty(PREFIX + name, Boolean.class, false);
	}

	@Bean
	Journal messagingJournal() {
		return new Journal();
	}

	@Bean
	JournalFilter messagingJournalFilter(Journal journal) {
		return new JournalFilter(journal);
	}

	@Bean
	MessagingHarness messagingHarness(MessagePublisher publisher, Brokers brokers, NamedDestinations destinations,
			ProcessorContainers containers, PayloadConverter converter, Journal journal, Injection injection) {
		List<NamedDestination> all = destinations.all();
		for (Broker broker : brokers.all()) {
			MemoryBroker memory = MemoryBroker.of(broker);
			if (memory != null) {
				memory.addSendListener((address, message, moved) -> journal.sent(broker, all, address, message, moved));
			}
		}
		return new MessagingHarness(publisher, destinations, containers, converter,
				new Watch(brokers.all(), containers, journal), journal, injection);
	}

}
