package org.activemessaging.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.actuate.EndpointProblem;
import org.activemessaging.autoconfigure.MessagingProperties.BrokerProperties;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.activemq.EmbeddedActiveMq;
import org.activemessaging.operations.BrokerView;
import org.activemessaging.operations.DeadLettersView;
import org.activemessaging.operations.MessagesView;
import org.activemessaging.operations.MessagingView;
import org.activemessaging.operations.OperationView;
import org.activemessaging.operations.ProcessorView;
import org.activemessaging.operations.QueueView;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the context is the same when it is prepared ahead of time.
 */
class AheadOfTimeTests {

	private static final String[] PROPERTIES = { "spring.application.name=voyeur",
			"messaging.broker.analytics.url=vm://aot-build?create=false",
			"messaging.broker.jobs.url=vm://aot-jobs?create=false", "messaging.default-broker=analytics",
			"messaging.destination.clickstream.virtual-topic=Clickstream", "messaging.destination.orders.queue=Orders",
			"messaging.destination.orders.broker=jobs" };

	@Test
	@CompileWithForkedClassLoader
	void connectionFactoriesAreAsOnTheJvm() {
		generated((initializer, hints) -> {
			GenericApplicationContext context = new GenericApplicationContext();
			initializer.initialize(context);
			AbstractBeanDefinition analytics = definition(context, "analyticsConnectionFactory");
			AbstractBeanDefinition jobs = definition(context, "jobsConnectionFactory");
			GenericApplicationContext onJvm = prepared();
			onJvm.refreshForAotProcessing(new RuntimeHints());
			assertThat(analytics.isFallback()).isTrue();
			assertThat(analytics.isDefaultCandidate()).isTrue();
			assertThat(jobs.isDefaultCandidate()).isFalse();
			for (AbstractBeanDefinition definition : List.of(analytics, jobs)) {
				String name = (definition == analytics) ? "analyticsConnectionFactory" : "jobsConnectionFactory";
				AbstractBeanDefinition expected = definition(onJvm, name);
				assertThat(definition.isFallback()).isEqualTo(expected.isFallback());
				assertThat(definition.isDefaultCandidate()).isEqualTo(expected.isDefaultCandidate());
				assertThat(definition.isPrimary()).isEqualTo(expected.isPrimary());
				assertThat(definition.getResolvableType().toClass()).isEqualTo(ConnectionFactory.class);
			}
			assertThat(context.containsBeanDefinition("defaultConnectionFactory")).isFalse();
		});
	}

	@Test
	@CompileWithForkedClassLoader
	void processorsWorkAndUrlIsTheOneOfRunTime() throws Exception {
		EmbeddedActiveMq analytics = new EmbeddedActiveMq("aot-run", null);
		EmbeddedActiveMq jobs = new EmbeddedActiveMq("aot-jobs", null);
		analytics.start();
		jobs.start();
		try {
			generated((initializer, hints) -> {
				GenericApplicationContext context = new GenericApplicationContext();
				properties(context, "messaging.broker.analytics.url=vm://aot-run?create=false");
				initializer.initialize(context);
				context.refresh();
				try {
					assertThat(context.getBean(Brokers.class).getDefault().profile().url()).startsWith("vm://aot-run?");
					assertThat(context.getBean(JmsTemplate.class).getConnectionFactory())
						.isSameAs(context.getBean("analyticsConnectionFactory"));
					ClickProcessor processor = context.getBean(ClickProcessor.class);
					MessagePublisher publisher = context.getBean(MessagePublisher.class);
					publisher.to("clickstream").group("s1").publish(new Click("/", new Position(1, 2)));
					publisher.publish("orders", "order");
					await().atMost(Duration.ofSeconds(10))
						.until(() -> processor.clicks.size() == 1 && processor.orders.size() == 1);
					assertThat(processor.clicks).containsExactly(new Click("/", new Position(1, 2)));
					assertThat(processor.orders).containsExactly("order");
				}
				finally {
					context.close();
				}
			});
		}
		finally {
			analytics.stop();
			jobs.stop();
		}
	}

	@Test
	void methodsOfProcessorsCanBeInvoked() throws Exception {
		RuntimeHints hints = hints();
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(ClickProcessor.class.getDeclaredMethod("onClick", Click.class, String.class)))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(ClickProcessor.class.getDeclaredMethod("onOrder", String.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(ClassProcessor.class.getDeclaredMethod("onMessage", List.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(RepeatedProcessor.class.getDeclaredMethod("onBoth", Query.class))).accepts(hints);
	}

	@Test
	void payloadsCanBeRead() throws Exception {
		RuntimeHints hints = hints();
		for (Class<?> payload : List.of(Click.class, Position.class, Mouse.class, Query.class)) {
			assertThat(
					RuntimeHintsPredicates.reflection().onConstructorInvocation(payload.getDeclaredConstructors()[0]))
				.as("%s", payload)
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Click.class.getDeclaredMethod("position")))
			.accepts(hints);
	}

	@Test
	void propertiesCanBeBound() {
		RuntimeHints hints = hints();
		for (Class<?> type : MessagingProperties.class.getDeclaredClasses()) {
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
				.as("%s", type)
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(MessagingProperties.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(BrokerProperties.class.getDeclaredConstructors()[0])).accepts(hints);
	}

	@Test
	void viewsOfTheEndpointCanBeWritten() {
		RuntimeHints hints = new RuntimeHints();
		new MessagingEndpointAutoConfiguration.EndpointRuntimeHints().registerHints(hints, getClass().getClassLoader());
		for (Class<?> view : List.of(MessagingView.class, BrokerView.class, ProcessorView.class, QueueView.class,
				EndpointProblem.class, OperationView.class, MessagesView.class, DeadLettersView.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(view)).accepts(hints);
			for (RecordComponent component : view.getRecordComponents()) {
				assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
					.as("%s", component)
					.accepts(hints);
			}
		}
	}

	private static RuntimeHints hints() {
		TestGenerationContext generation = new TestGenerationContext(AheadOfTimeTests.class);
		new ApplicationContextAotGenerator().processAheadOfTime(prepared(), generation);
		return generation.getRuntimeHints();
	}

	private static void generated(
			BiConsumer<ApplicationContextInitializer<GenericApplicationContext>, RuntimeHints> consumer) {
		TestGenerationContext generation = new TestGenerationContext(AheadOfTimeTests.class);
		ClassName name = new ApplicationContextAotGenerator().processAheadOfTime(prepared(), generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			ApplicationContextInitializer<GenericApplicationContext> initializer = compiled
				.getInstance(ApplicationContextInitializer.class, name.toString());
			consumer.accept(initializer, generation.getRuntimeHints());
		});
	}

	private static GenericApplicationContext prepared() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		properties(context);
		context.register(Application.class);
		return context;
	}

	private static void properties(GenericApplicationContext context, String... further) {
		TestPropertyValues.of(PROPERTIES).and(further).applyTo(context);
	}

	private static AbstractBeanDefinition definition(GenericApplicationContext context, String name) {
		BeanDefinition definition = context.getBeanDefinition(name);
		return (AbstractBeanDefinition) definition;
	}

	record Click(String uri, Position position) {
	}

	record Position(int x, int y) {
	}

	record Mouse(String button) {
	}

	record Query(Map<String, List<String>> terms) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JmsAutoConfiguration.class,
			JacksonAutoConfiguration.class })
	@Import({ ClickProcessor.class, ClassProcessor.class, RepeatedProcessor.class })
	static class Application {

	}

	@Processor("clickProcessor")
	static class ClickProcessor {

		private final List<Click> clicks = new CopyOnWriteArrayList<>();

		private final List<String> orders = new CopyOnWriteArrayList<>();

		@SubscribesTo("clickstream")
		void onClick(Click click, @Header("JMSXGroupID") String session) {
			this.clicks.add(click);
		}

		@SubscribesTo("orders")
		void onOrder(String order) {
			this.orders.add(order);
		}

	}

	@Processor("classProcessor")
	@SubscribesTo(value = "clickstream", group = "mice")
	static class ClassProcessor {

		void onMessage(List<Mouse> mice) {
		}

	}

	@Processor("repeatedProcessor")
	static class RepeatedProcessor {

		@SubscribesTo(value = "clickstream", group = "queries")
		@SubscribesTo(value = "clickstream", group = "trends", id = "trends")
		void onBoth(Query query) {
		}

	}

}
