package org.activemessaging.samples.benchmark.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * This library, as an application gets it from the starter.
 */
final class OurVariant implements Variant, ManyListeners {

	static final String DESTINATION = "work";

	@Override
	public Running start(Setup setup, @Nullable Consumer<String> handler) {
		List<String> properties = new ArrayList<>(brokerProperties(setup));
		properties.add("messaging.destination.work.queue=" + setup.queue());
		properties.add("messaging.listener.concurrency=" + setup.concurrency());
		if (setup.hasWindow()) {
			properties.add("messaging.listener.window=" + setup.window());
		}
		Boot boot = new Boot(Application.class).properties(properties);
		if (handler != null) {
			boot.bean(WorkProcessor.class, () -> new WorkProcessor(handler));
		}
		ConfigurableApplicationContext context = boot.run();
		MessagePublisher publisher = context.getBean(MessagePublisher.class);
		return new Running() {

			@Override
			public void publish(String text) {
				publisher.publish(DESTINATION, text);
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	@Override
	public Class<?> listeners(Setup setup, int count) throws IOException, ClassNotFoundException {
		return ListenerClass.create("@org.activemessaging.Processor",
				"@org.activemessaging.SubscribesTo(\"" + DESTINATION + "#\")", count);
	}

	@Override
	public Boot application(Setup setup, Class<?> listeners, int count) {
		List<String> properties = new ArrayList<>(brokerProperties(setup));
		for (int i = 0; i < count; i++) {
			properties.add("messaging.destination." + DESTINATION + i + ".queue=" + setup.queue() + "." + i);
		}
		return new Boot(Application.class, listeners).properties(properties);
	}

	@Override
	public boolean isListening(ConfigurableApplicationContext context) {
		return context.getBean(ProcessorContainers.class)
			.reports()
			.stream()
			.allMatch((report) -> report.state() == ContainerState.RUNNING);
	}

	private static List<String> brokerProperties(Setup setup) {
		List<String> properties = new ArrayList<>();
		properties.add("messaging.broker.main.adapter=" + setup.adapter());
		properties.add("messaging.broker.main.url=" + setup.url());
		if (!setup.user().isEmpty()) {
			properties.add("messaging.broker.main.user=" + setup.user());
			properties.add("messaging.broker.main.password=" + setup.password());
		}
		return properties;
	}

	/**
	 * The application. Spring Boot's own connection factory backs off, as there is one of
	 * ours.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Handles the messages.
	 */
	@Processor
	static final class WorkProcessor {

		private final Consumer<String> handler;

		WorkProcessor(Consumer<String> handler) {
			this.handler = handler;
		}

		@SubscribesTo(DESTINATION)
		void onMessage(String text) {
			this.handler.accept(text);
		}

	}

}
