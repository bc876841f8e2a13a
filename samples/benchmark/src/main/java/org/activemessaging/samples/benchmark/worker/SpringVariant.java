package org.activemessaging.samples.benchmark.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingEndpointAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingHealthContributorAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingObservationAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.jms.support.destination.DestinationResolver;

/**
 * What Spring Boot brings: {@code @JmsListener} with the listener container factory that
 * it configures, and {@code JmsTemplate} on its {@code CachingConnectionFactory}.
 */
final class SpringVariant implements Variant, ManyListeners {

	private final boolean sessionForEachThread;

	/**
	 * Creates a variant.
	 * @param sessionForEachThread whether to cache as many sessions as there are threads
	 * that publish, or else one, as by default
	 */
	SpringVariant(boolean sessionForEachThread) {
		this.sessionForEachThread = sessionForEachThread;
	}

	@Override
	public Running start(Setup setup, @Nullable Consumer<String> handler) throws JMSException {
		List<String> properties = new ArrayList<>(brokerProperties(setup));
		properties.add("queue=" + setup.queue());
		properties.add("concurrency=" + setup.concurrency());
		if (this.sessionForEachThread) {
			properties.add("spring.jms.cache.session-cache-size=" + setup.threads());
		}
		Boot boot = new Boot(Application.class).properties(properties);
		connect(boot, setup);
		if (handler != null) {
			boot.bean(WorkListener.class, () -> new WorkListener(handler));
		}
		ConfigurableApplicationContext context = boot.run();
		JmsTemplate template = context.getBean(JmsTemplate.class);
		return new Running() {

			@Override
			public void publish(String text) {
				template.convertAndSend(setup.queue(), text);
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	@Override
	public Class<?> listeners(Setup setup, int count) throws IOException, ClassNotFoundException {
		return ListenerClass.create("",
				"@org.springframework.jms.annotation.JmsListener(destination = \"" + setup.queue() + ".#\")", count);
	}

	@Override
	public Boot application(Setup setup, Class<?> listeners, int count) {
		return new Boot(Application.class, listeners).properties(brokerProperties(setup));
	}

	@Override
	public boolean isListening(ConfigurableApplicationContext context) {
		return context.getBean(JmsListenerEndpointRegistry.class)
			.getListenerContainers()
			.stream()
			.allMatch((container) -> container instanceof DefaultMessageListenerContainer polling
					&& polling.isRegisteredWithDestination());
	}

	private static List<String> brokerProperties(Setup setup) {
		return setup.adapter().equals("activemq") ? List.of("spring.activemq.broker-url=" + setup.url()) : List.of();
	}

	// Spring Boot makes a connection factory for ActiveMQ; for others, applications
	// define a bean.
	private static void connect(Boot boot, Setup setup) throws JMSException {
		if (!setup.adapter().equals("activemq")) {
			ConnectionFactory connectionFactory = Clients.connectionFactory(setup);
			boot.bean(ConnectionFactory.class, () -> connectionFactory)
				.bean(DestinationResolver.class,
						() -> (session, name, topic) -> Clients.queue(setup, Objects.requireNonNull(session), name));
		}
	}

	/**
	 * The application, without anything of this library.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { MessagingAutoConfiguration.class, MessagingEndpointAutoConfiguration.class,
			MessagingHealthContributorAutoConfiguration.class, MessagingJdbcAutoConfiguration.class,
			MessagingObservationAutoConfiguration.class })
	static class Application {

	}

	/**
	 * Handles the messages.
	 */
	static final class WorkListener {

		private final Consumer<String> handler;

		WorkListener(Consumer<String> handler) {
			this.handler = handler;
		}

		@JmsListener(destination = "${queue}", concurrency = "${concurrency}")
		void onMessage(String text) {
			this.handler.accept(text);
		}

	}

}
