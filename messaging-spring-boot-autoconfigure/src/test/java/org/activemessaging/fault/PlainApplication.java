package org.activemessaging.fault;

import java.nio.file.Path;

import jakarta.jms.Message;
import jakarta.jms.Session;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jms.JmsException;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.core.JmsTemplate;

/**
 * The same application with Spring Boot alone, as it comes: a {@code @JmsListener} and a
 * {@code JmsTemplate}.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ ActiveMQAutoConfiguration.class, JmsAutoConfiguration.class })
class PlainApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(PlainApplication.class, arguments);
	}

	@Bean
	LedgerFile ledger(Environment environment) {
		return new LedgerFile(Path.of(environment.getRequiredProperty("fault.ledger")));
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "fault.consume", matchIfMissing = true)
	Listener listener(LedgerFile ledger, JmsTemplate template, Environment environment) {
		return new Listener(new Behaviour(ledger, environment), template,
				environment.getProperty("fault.bad", BadHabit.class, BadHabit.NONE));
	}

	@Bean
	Production production(LedgerFile ledger, JmsTemplate template, Environment environment) {
		return new Production(ledger, (id, group) -> send(template, id, group), environment);
	}

	private static LedgerEntry.Type send(JmsTemplate template, String id, String group) {
		try {
			template.convertAndSend("Orders", id, (message) -> {
				if (group != null) {
					message.setStringProperty("JMSXGroupID", group);
				}
				return message;
			});
			return LedgerEntry.Type.ACKED;
		}
		catch (JmsException ex) {
			// It says no more than that it failed.
			return LedgerEntry.Type.UNCERTAIN;
		}
	}

	/**
	 * The listener.
	 */
	static class Listener {

		private final Behaviour behaviour;

		private final JmsTemplate template;

		private final BadHabit habit;

		Listener(Behaviour behaviour, JmsTemplate template, BadHabit habit) {
			this.behaviour = behaviour;
			this.template = template;
			this.habit = habit;
		}

		@JmsListener(destination = "Orders", concurrency = "${fault.concurrency:1}")
		void onMessage(String id, Message message, Session session) throws Throwable {
			try {
				this.behaviour.handle(id);
			}
			catch (Throwable ex) {
				this.habit.failed(message, session, this.template, ex);
			}
		}

	}

}
