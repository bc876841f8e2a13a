package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;
import org.activemessaging.MessageRequester;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Address;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.flow.ChildJvm;
import org.activemessaging.flow.EndpointClient;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.Spans;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.MessagingOperations;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * An application of this library on a broker of the contract.
 */
final class Application implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final ProcessorContainers containers;

	private final String destination;

	private Application(ConfigurableApplicationContext context, String destination) {
		this.context = context;
		this.containers = context.getBean(ProcessorContainers.class);
		this.destination = destination;
	}

	MessageRequester requester() {
		return this.context.getBean(MessageRequester.class);
	}

	MessageReceiver receiver() {
		return this.context.getBean(MessageReceiver.class);
	}

	MessagePublisher publisher() {
		return this.context.getBean(MessagePublisher.class);
	}

	/**
	 * Publishes texts to the destination of the test.
	 */
	void publish(String... texts) {
		for (String text : texts) {
			publisher().publish(this.destination, text);
		}
	}

	MessagePublisher.Publication publication() {
		return publisher().to(this.destination);
	}

	/**
	 * Publishes the numbers from the first to the one before the last, in any order:
	 * together it is faster.
	 */
	void publish(int from, int to) {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			CompletableFuture
				.allOf(IntStream.range(from, to)
					.mapToObj((i) -> CompletableFuture.runAsync(() -> publish(String.valueOf(i)), executor))
					.toArray(CompletableFuture[]::new))
				.join();
		}
		finally {
			executor.shutdown();
		}
	}

	EndpointClient endpoint() {
		return new EndpointClient(this.context);
	}

	ApplicationContext context() {
		return this.context;
	}

	MessagingOperations operations() {
		return this.context.getBean(MessagingOperations.class);
	}

	/**
	 * What a processor does, also while the application is closed.
	 */
	ProcessorReport report(String id) {
		return this.containers.report(id);
	}

	NamedDestination destination() {
		return this.context.getBean(NamedDestinations.class).get(this.destination);
	}

	/**
	 * The dead-letter queue of the queue that a group, or nobody in particular, consumes
	 * from.
	 */
	Address deadLetters(String group) {
		return destination().deadLetterAddress(destination().subscribeAddress(group));
	}

	Application awaitListening() {
		Flow.eventually().until(() -> report(Recorder.ID).state() == ContainerState.RUNNING);
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Begins an application.
	 */
	static Builder on(BrokerUnderTest broker, String url, String destination) {
		Builder builder = new Builder(destination);
		builder.broker("default", broker, url, broker.properties());
		builder.with("contract.destination", destination);
		return builder;
	}

	/**
	 * What an application is made of.
	 */
	static final class Builder {

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private final Map<String, Object> beans = new LinkedHashMap<>();

		private final List<Class<?>> configurations = new ArrayList<>();

		private final String destination;

		private Builder(String destination) {
			this.destination = destination;
			// Applications of one name share delay queues, and take for their own what is
			// in them.
			with("spring.application.name", destination);
			with("messaging.group", "voyeur");
			with("messaging.default-broker", "default");
			with("messaging.listener.redelivery.delay", "100ms");
			with("messaging.listener.redelivery.multiplier", "1");
			with("messaging.listener.redelivery.jitter", "0");
			with("messaging.listener.brake.failures", "1000000");
			with("messaging.operations.sample-interval", "100ms");
		}

		Builder with(String name, Object value) {
			this.properties.put(name, value);
			return this;
		}

		Builder broker(String name, BrokerUnderTest broker, String url, Map<String, String> settings) {
			String prefix = "messaging.broker." + name + ".";
			this.properties.keySet().removeIf((key) -> key.startsWith(prefix));
			with(prefix + "url", url);
			with(prefix + "adapter", broker.adapter().name());
			with(prefix + "reconnect.initial-delay", "50ms");
			with(prefix + "reconnect.max-delay", "250ms");
			settings.forEach((key, value) -> with(prefix + key, value));
			return this;
		}

		/**
		 * Sets something of the destination of the test, its queue for example.
		 */
		Builder destination(String setting, String value) {
			return with("messaging.destination." + this.destination + "." + setting, value);
		}

		Builder group(String group) {
			return with("messaging.group", group);
		}

		Builder redelivery(int immediate, int delayed) {
			with("messaging.listener.redelivery.immediate", immediate);
			return with("messaging.listener.redelivery.delayed", delayed);
		}

		Builder processor(Object processor) {
			this.beans.put("processor" + this.beans.size(), processor);
			return this;
		}

		/**
		 * Has it traced.
		 */
		Builder traced(Spans spans) {
			this.configurations.addAll(List.of(Spans.CONFIGURATIONS));
			this.beans.put("spans", spans.processor());
			return with(Spans.SAMPLING, 1);
		}

		/**
		 * Starts it in a JVM of its own, with {@link LedgerProcessor} as its processor,
		 * and does not wait for it.
		 * @param directory where its ledger and its log are
		 */
		Process launch(Path directory) {
			with(LedgerProcessor.LEDGER, directory.resolve("ledger"));
			with("spring.main.banner-mode", "off");
			with("spring.main.web-application-type", "none");
			with("logging.level.root", "warn");
			return ChildJvm.start(LedgerMain.class, directory.resolve("application.log"),
					this.properties.entrySet().stream().map((entry) -> "--" + entry).toList());
		}

		Application start() {
			AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("contract", Map.copyOf(this.properties)));
			context.register(Imports.class);
			this.configurations.forEach(context::register);
			this.beans.forEach((name, bean) -> register(context, name, bean));
			context.refresh();
			return new Application(context, this.destination);
		}

		/**
		 * Starts the application with its endpoint.
		 */
		Application startWithEndpoint() {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(WebImports.class)
				.initializers((starting) -> {
					GenericApplicationContext target = (GenericApplicationContext) starting;
					starting.getEnvironment()
						.getPropertySources()
						.addFirst(new MapPropertySource("contract", Map.copyOf(this.properties)));
					this.beans.forEach((name, bean) -> register(target, name, bean));
				})
				.run("--server.port=0", "--spring.main.banner-mode=off",
						"--management.endpoints.web.exposure.include=messaging",
						"--management.endpoint.messaging.access=unrestricted");
			return new Application(context, this.destination);
		}

		@SuppressWarnings("unchecked")
		private static <T> void register(GenericApplicationContext context, String name, T bean) {
			context.registerBean(name, (Class<T>) bean.getClass(), () -> bean);
		}

	}

	/**
	 * The auto-configurations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Imports {

	}

	/**
	 * The same with a web server.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WebImports {

	}

}
