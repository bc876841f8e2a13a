package org.activemessaging.fault;

import java.nio.file.Path;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingHealthContributorAutoConfiguration;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.PublishListener;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application with this library: a processor (unless {@code fault.consume=false}) and
 * a producer. Everything that is not about faults has its default.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class,
		MessagingHealthContributorAutoConfiguration.class })
class OurApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(OurApplication.class, arguments);
	}

	@Bean
	LedgerFile ledger(Environment environment) {
		return new LedgerFile(Path.of(environment.getRequiredProperty("fault.ledger")));
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "fault.consume", matchIfMissing = true)
	FaultProcessor handler(LedgerFile ledger, Environment environment) {
		return new FaultProcessor(new Behaviour(ledger, environment));
	}

	@Bean
	Production production(LedgerFile ledger, MessagePublisher publisher, Environment environment) {
		return new Production(ledger, (id, group) -> send(publisher, id, group), environment);
	}

	@Bean
	PublishListener repeats(LedgerFile ledger) {
		return new Repeats(ledger);
	}

	@Bean
	@ConditionalOnProperty("fault.halt-url")
	ConnectionFactory haltingConnectionFactory(Environment environment) {
		return new HaltingConnectionFactory(environment.getRequiredProperty("fault.halt-url"),
				environment.getRequiredProperty("fault.halt-at", HaltingConnectionFactory.Point.class),
				environment.getRequiredProperty("fault.halt-after", Integer.class));
	}

	private static LedgerEntry.Type send(MessagePublisher publisher, String id, String group) {
		MessagePublisher.Publication publication = publisher.to("orders").header(MessagingHeaders.ID, id);
		try {
			((group != null) ? publication.group(group) : publication).publish(id);
			return LedgerEntry.Type.ACKED;
		}
		catch (PublishUncertainException ex) {
			return LedgerEntry.Type.UNCERTAIN;
		}
		catch (PublishException ex) {
			return LedgerEntry.Type.REFUSED;
		}
	}

	/**
	 * Notes what is published with the id of the ledger.
	 */
	private record Repeats(LedgerFile ledger) implements PublishListener {

		@Override
		public void sentAgain(NamedDestination destination, String id) {
			this.ledger.write(LedgerEntry.Type.REPEATED, id);
		}

		@Override
		public void published(NamedDestination destination, long nanos, Throwable failure) {
		}

	}

}
