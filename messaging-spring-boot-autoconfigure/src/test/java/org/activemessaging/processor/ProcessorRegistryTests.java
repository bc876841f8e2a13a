package org.activemessaging.processor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.listener.ListenerSettings;
import org.activemessaging.listener.ProcessorContainers;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ProcessorRegistry}: which processors are found, what they are called,
 * and how their methods are called.
 */
class ProcessorRegistryTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("spring.application.name=voyeur", "messaging.listener.auto-startup=false",
				"messaging.destination.clickstream.virtual-topic=Clickstream",
				"messaging.destination.orders.queue=Orders", "messaging.destination.invoices.queue=Invoices",
				"messaging.destination.news.topic=News");

	@Test
	void idIsTheBeanNameWithDashes() {
		this.contextRunner.withBean("clickstreamProcessor", OnClass.class).run((context) -> {
			ProcessorDefinition definition = only(context);
			assertThat(definition.id()).isEqualTo("clickstream-processor");
			assertThat(definition.destination().name()).isEqualTo("clickstream");
			assertThat(definition.destination().type()).isEqualTo(DestinationType.VIRTUAL_TOPIC);
			assertThat(definition.group()).isEqualTo("voyeur");
			assertThat(definition.selector()).isNull();
			assertThat(definition.concurrency()).isNull();
			assertThat(definition.autoStartup()).isNull();
			assertThat(definition.method().describe()).isEqualTo("OnClass.onMessage");
		});
	}

	@Test
	void idOfTheOnlyMethodIsTheBeanName() {
		this.contextRunner.withBean("orderHandler", OnMethod.class)
			.run((context) -> assertThat(ids(context)).containsExactly("order-handler"));
	}

	@Test
	void idsOfSeveralMethodsEndWithTheirNames() {
		this.contextRunner.withBean("handler", OnMethods.class)
			.run((context) -> assertThat(ids(context)).containsExactly("handler.on-invoice", "handler.on-order"));
	}

	@Test
	void idsOfARepeatedAnnotationEndWithTheDestinations() {
		this.contextRunner.withBean("handler", Repeated.class)
			.run((context) -> assertThat(ids(context)).containsExactly("handler.invoices", "handler.orders"));
	}

	@Test
	void idsOfARepeatedAnnotationOnOneOfSeveralMethodsHaveBoth() {
		this.contextRunner.withBean("handler", RepeatedOnMethods.class)
			.run((context) -> assertThat(ids(context)).containsExactly("handler.on-both.invoices",
					"handler.on-both.orders", "handler.on-news"));
	}

	@Test
	void idsOfARepeatedAnnotationHaveNoPlaceholders() {
		this.contextRunner.withPropertyValues("in.one=orders", "in.other=invoices")
			.withBean("handler", RepeatedPlaceholders.class)
			.run((context) -> assertThat(ids(context)).containsExactly("handler.invoices", "handler.orders"));
	}

	@Test
	void placeholdersAndExpressionsAreResolvedInAllAttributes() {
		this.contextRunner
			.withPropertyValues("in.name=clickstream", "in.id=clicks", "in.group=billing", "in.concurrency=2-3",
					"in.selector=x = 1", "in.start=false")
			.withUserConfiguration(Resolved.class)
			.run((context) -> {
				ProcessorDefinition definition = only(context);
				assertThat(definition.id()).isEqualTo("clicks");
				assertThat(definition.destination().name()).isEqualTo("clickstream");
				assertThat(definition.group()).isEqualTo("billing-1");
				assertThat(definition.concurrency()).isEqualTo("2-3");
				assertThat(definition.selector()).isEqualTo("x = 1");
				assertThat(definition.autoStartup()).isFalse();
			});
	}

	@Test
	void groupIsTheConfiguredOneElseTheNameOfTheApplication() {
		ApplicationContextRunner runner = this.contextRunner.withUserConfiguration(OnClass.class);
		runner.withPropertyValues("messaging.group=billing")
			.run((context) -> assertThat(only(context).group()).isEqualTo("billing"));
		runner.withPropertyValues("spring.application.name=my.app v2")
			.run((context) -> assertThat(only(context).group()).isEqualTo("my-app-v2"));
		runner.withPropertyValues("spring.application.name=")
			.run((context) -> assertThat(only(context).group()).isEqualTo("application"));
	}

	@Test
	void queueAndTopicHaveNoGroup() {
		this.contextRunner.withBean("handler", RepeatedOnMethods.class)
			.run((context) -> assertThat(context.getBean(ProcessorRegistry.class).all())
				.extracting(ProcessorDefinition::group)
				.containsOnlyNulls());
	}

	@Test
	void groupsOfADestinationAreTheDeclaredOnesAndThoseOfProcessors() {
		this.contextRunner.withPropertyValues("messaging.destination.clickstream.groups=billing,voyeur")
			.withBean("one", OnClass.class)
			.withBean("other", OtherGroup.class)
			.run((context) -> {
				ProcessorRegistry registry = context.getBean(ProcessorRegistry.class);
				assertThat(registry.groupsOf(registry.all().get(0).destination())).containsExactlyInAnyOrder("billing",
						"voyeur", "web");
			});
	}

	@Test
	void beanWithoutProcessorAnnotationIsFoundByItsSubscription() {
		this.contextRunner.withBean("plain", Plain.class)
			.run((context) -> assertThat(ids(context)).containsExactly("plain"));
	}

	@Test
	void metaAnnotationsAreFound() {
		this.contextRunner.withUserConfiguration(MetaAnnotated.class).run((context) -> {
			ProcessorDefinition definition = only(context);
			assertThat(definition.id()).isEqualTo("meta-annotated");
			assertThat(definition.destination().name()).isEqualTo("orders");
			assertThat(definition.concurrency()).isEqualTo("3");
		});
	}

	@Test
	void subscriptionIsInherited() {
		this.contextRunner.withBean("child", Child.class).run((context) -> {
			assertThat(ids(context)).containsExactly("child");
			only(context).method().handle(message("payload"));
			assertThat(context.getBean(Child.class).payloads).containsExactly("child payload");
		});
	}

	@Test
	void subscriptionOnAnInterfaceIsFound() {
		this.contextRunner.withBean("implementation", OrderListenerBean.class)
			.run((context) -> assertThat(ids(context)).containsExactly("implementation"));
	}

	@Test
	void lazyBeanIsFoundAndCalled() {
		this.contextRunner.withPropertyValues("messaging.listener.auto-startup=true")
			.withUserConfiguration(LazyConfiguration.class)
			.run((context) -> {
				assertThat(ids(context)).containsExactly("lazy-processor");
				context.getBean(MessagePublisher.class).publish("orders", "payload");
				LazyProcessor processor = context.getBean(LazyProcessor.class);
				await().atMost(Duration.ofSeconds(10)).until(() -> processor.payloads.contains("payload"));
			});
	}

	@Test
	void everythingLazyStillProcesses() {
		this.contextRunner.withPropertyValues("messaging.listener.auto-startup=true")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(LazyConfiguration.class)
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "payload");
				LazyProcessor processor = context.getBean(LazyProcessor.class);
				await().atMost(Duration.ofSeconds(10)).until(() -> processor.payloads.contains("payload"));
			});
	}

	@Test
	void beanThatIsDeclaredByAnInterfaceIsFound() {
		this.contextRunner.withUserConfiguration(InterfaceConfiguration.class)
			.run((context) -> assertThat(ids(context)).containsExactly("declared-by-interface"));
	}

	@Test
	void processorThatIsNoSingletonIsNotIgnored() {
		this.contextRunner.withUserConfiguration(PrototypeProcessor.class)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining("PrototypeProcessor"));
	}

	@Test
	void methodIsCalledThroughTheProxyOfItsClass() {
		this.contextRunner.withBean("proxied", ProxiedClass.class)
			.withBean(Proxying.class, () -> new Proxying(true))
			.withBean("calls", Calls.class)
			.run((context) -> {
				assertThat(AopUtils.isCglibProxy(context.getBean("proxied"))).isTrue();
				only(context).method().handle(message("payload"));
				assertThat(context.getBean(Calls.class).methods).contains("onMessage");
				assertThat(((ProxiedClass) context.getBean("proxied")).payloads()).containsExactly("payload");
			});
	}

	@Test
	void methodIsCalledThroughTheProxyOfItsInterface() {
		this.contextRunner.withBean("proxied", OrderListenerBean.class)
			.withBean(Proxying.class, () -> new Proxying(false))
			.withBean("calls", Calls.class)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean("proxied"))).isTrue();
				only(context).method().handle(message("payload"));
				assertThat(context.getBean(Calls.class).methods).contains("onMessage");
			});
	}

	@Test
	void methodThatTheProxyDoesNotHaveIsRefused() {
		this.contextRunner.withBean("proxied", InterfaceWithoutTheMethod.class)
			.withBean(Proxying.class, () -> new Proxying(false))
			.withBean("calls", Calls.class)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining("InterfaceWithoutTheMethod.onMessage cannot be called through the proxy"));
	}

	@Test
	void argumentsAreWhatTheMethodAsksFor() {
		this.contextRunner.withBean("arguments", Arguments.class).run((context) -> {
			ProcessorMethod method = only(context).method();
			method.handle(MessageBuilder.withPayload("{\"uri\":\"/\",\"latency\":3}")
				.setHeader("JMSXGroupID", "s1")
				.setHeader("attempt", "7")
				.build());
			Arguments bean = context.getBean(Arguments.class);
			assertThat(bean.click).isEqualTo(new Click("/", 3));
			assertThat(bean.session).isEqualTo("s1");
			assertThat(bean.attempt).isEqualTo(7);
			assertThat(bean.missing).isEqualTo("none");
			assertThat(bean.headers).containsEntry("JMSXGroupID", "s1");
			assertThat(bean.allHeaders).isNotNull();
			assertThat(bean.message.getPayload()).isEqualTo(new Click("/", 3));
		});
	}

	@Test
	void emptyTextIsAPayload() {
		this.contextRunner.withBean("child", Child.class).run((context) -> {
			only(context).method().handle(message(""));
			assertThat(context.getBean(Child.class).payloads).containsExactly("child ");
		});
	}

	@Test
	void messageThatTheMethodCannotTakeIsUnconvertible() {
		this.contextRunner.withBean("arguments", Arguments.class).run((context) -> {
			ProcessorMethod method = only(context).method();
			assertThatExceptionOfType(UnconvertibleMessageException.class)
				.isThrownBy(() -> method.handle(message("no JSON")))
				.withMessageContaining("Arguments.onMessage");
			assertThatExceptionOfType(UnconvertibleMessageException.class).as("header is missing")
				.isThrownBy(() -> method.handle(message("{\"uri\":\"/\",\"latency\":3}")));
		});
	}

	@Test
	void exceptionOfTheMethodIsThrownAsItIs() {
		this.contextRunner.withBean("failing", Failing.class)
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> only(context).method().handle(message("payload")))
				.withMessage("failed on purpose"));
	}

	@Test
	void argumentOfAResolverOfTheUserIsNoPayload() {
		this.contextRunner.withBean(VisitorResolver.class).withBean("visited", Visited.class).run((context) -> {
			assertThat(context).hasNotFailed();
			only(context).method().handle(message("payload"));
			assertThat(context.getBean(Visited.class).calls).containsExactly("payload by john");
		});
	}

	@Test
	void processorMayPublishWhileItIsMade() {
		this.contextRunner.withUserConfiguration(PublishingInConstructor.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void processorsRunByTheirGroups() {
		this.contextRunner
			.withPropertyValues("messaging.processor-group.a=one", "messaging.processor-group.b=other",
					"messaging.run.groups=b")
			.withBean("one", OnClass.class)
			.withBean("other", OtherGroup.class)
			.run((context) -> {
				assertThat(ids(context)).containsExactly("one", "other");
				assertThat(context.getBean(ProcessorContainers.class).reports())
					.extracting((report) -> report.definition().id())
					.containsExactly("other");
			});
	}

	@Test
	void propertiesOfAnIdWithADotAreFound() {
		this.contextRunner.withBean("handler", OnMethods.class)
			.withPropertyValues("messaging.processor[handler.on-order].concurrency=2-5")
			.run((context) -> assertThat(
					context.getBean(ProcessorContainers.class).report("handler.on-order").settings().concurrency())
				.hasToString("2-5"));
	}

	@Test
	void propertiesOverrideTheAnnotation() {
		this.contextRunner.withUserConfiguration(MetaAnnotated.class)
			.withPropertyValues("messaging.listener.concurrency=7", "messaging.processor.meta-annotated.concurrency=2",
					"messaging.processor.meta-annotated.redelivery.delayed=0",
					"messaging.listener.redelivery.delayed=9", "messaging.listener.redelivery.immediate=4")
			.run((context) -> {
				ListenerSettings settings = context.getBean(ProcessorContainers.class)
					.report("meta-annotated")
					.settings();
				assertThat(settings.concurrency()).hasToString("2");
				assertThat(settings.redelivery().policy().delayed()).isZero();
				assertThat(settings.redelivery().policy().immediate()).isEqualTo(4);
				assertThat(settings.autoStartup()).isFalse();
			});
	}

	private static ProcessorDefinition only(AssertableApplicationContext context) {
		assertThat(context.getBean(ProcessorRegistry.class).all()).hasSize(1);
		return context.getBean(ProcessorRegistry.class).all().get(0);
	}

	private static List<String> ids(AssertableApplicationContext context) {
		return context.getBean(ProcessorRegistry.class).all().stream().map(ProcessorDefinition::id).toList();
	}

	private static Message<String> message(String payload) {
		return MessageBuilder.withPayload(payload).build();
	}

	record Click(String uri, int latency) {
	}

	record Visitor(String name) {
	}

	@Processor
	@SubscribesTo("clickstream")
	static class OnClass {

		void onMessage(String payload) {
		}

	}

	@Processor
	static class OnMethod {

		@SubscribesTo("orders")
		void onOrder(String payload) {
		}

	}

	@Processor
	static class OnMethods {

		@SubscribesTo("orders")
		void onOrder(String payload) {
		}

		@SubscribesTo("invoices")
		void onInvoice(String payload) {
		}

	}

	@Processor
	@SubscribesTo("orders")
	@SubscribesTo("invoices")
	static class Repeated {

		void onMessage(String payload) {
		}

	}

	@Processor
	static class RepeatedOnMethods {

		@SubscribesTo("orders")
		@SubscribesTo("invoices")
		void onBoth(String payload) {
		}

		@SubscribesTo("news")
		void onNews(String payload) {
		}

	}

	@Processor
	@SubscribesTo("${in.one}")
	@SubscribesTo("${in.other}")
	static class RepeatedPlaceholders {

		void onMessage(String payload) {
		}

	}

	@Processor
	@SubscribesTo(value = "${in.name}", id = "${in.id}", group = "#{'${in.group}' + '-' + 1}",
			concurrency = "${in.concurrency}", selector = "${in.selector}", autoStartup = "${in.start}")
	static class Resolved {

		void onMessage(String payload) {
		}

	}

	@Processor
	@SubscribesTo(value = "clickstream", group = "web")
	static class OtherGroup {

		void onMessage(String payload) {
		}

	}

	@SubscribesTo("orders")
	static class Plain {

		public void onMessage(String payload) {
		}

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Processor
	@SubscribesTo(value = "orders", concurrency = "3")
	@interface OrderProcessor {

		@AliasFor(annotation = Processor.class)
		String value() default "";

	}

	@OrderProcessor("metaAnnotated")
	static class MetaAnnotated {

		void onMessage(String payload) {
		}

	}

	@SubscribesTo("orders")
	abstract static class Parent {

		final List<String> payloads = new CopyOnWriteArrayList<>();

		void onMessage(String payload) {
			this.payloads.add(payload);
		}

	}

	@Processor
	static class Child extends Parent {

		@Override
		void onMessage(String payload) {
			super.onMessage("child " + payload);
		}

	}

	interface OrderListener {

		@SubscribesTo("orders")
		void onMessage(String payload);

	}

	static class OrderListenerBean implements OrderListener {

		@Override
		public void onMessage(String payload) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConfiguration {

		@Bean
		@Lazy
		LazyProcessor lazyProcessor() {
			return new LazyProcessor();
		}

	}

	@SubscribesTo("orders")
	static class LazyProcessor {

		private final List<String> payloads = new CopyOnWriteArrayList<>();

		void onMessage(String payload) {
			this.payloads.add(payload);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceConfiguration {

		@Bean
		Runnable declaredByInterface() {
			return new RunnableProcessor();
		}

	}

	@SubscribesTo("orders")
	static class RunnableProcessor implements Runnable {

		void onMessage(String payload) {
		}

		@Override
		public void run() {
		}

	}

	@Processor
	@Scope("prototype")
	@SubscribesTo("orders")
	static class PrototypeProcessor {

		void onMessage(String payload) {
		}

	}

	@Processor
	@SubscribesTo("orders")
	static class ProxiedClass {

		private final List<String> payloads = new CopyOnWriteArrayList<>();

		void onMessage(String payload) {
			this.payloads.add(payload);
		}

		List<String> payloads() {
			return this.payloads;
		}

	}

	@Processor
	@SubscribesTo("orders")
	static class InterfaceWithoutTheMethod implements Runnable {

		void onMessage(String payload) {
		}

		@Override
		public void run() {
		}

	}

	static class Proxying extends BeanNameAutoProxyCreator {

		Proxying(boolean proxyTargetClass) {
			setBeanNames("proxied");
			setInterceptorNames("calls");
			setProxyTargetClass(proxyTargetClass);
		}

	}

	static class Calls implements MethodInterceptor {

		private final List<String> methods = new CopyOnWriteArrayList<>();

		@Override
		public Object invoke(MethodInvocation invocation) throws Throwable {
			this.methods.add(invocation.getMethod().getName());
			return invocation.proceed();
		}

	}

	@Processor
	@SubscribesTo("orders")
	static class Arguments {

		private Click click;

		private String session;

		private int attempt;

		private String missing;

		private Map<String, Object> headers;

		private MessageHeaders allHeaders;

		private Message<Click> message;

		void onMessage(Click click, @Header("JMSXGroupID") String session, @Header("attempt") int attempt,
				@Header(name = "missing", defaultValue = "none") String missing, @Headers Map<String, Object> headers,
				MessageHeaders allHeaders, Message<Click> message) {
			this.click = click;
			this.session = session;
			this.attempt = attempt;
			this.missing = missing;
			this.headers = headers;
			this.allHeaders = allHeaders;
			this.message = message;
		}

	}

	@Processor
	@SubscribesTo("orders")
	static class Failing {

		void onMessage(String payload) {
			throw new IllegalStateException("failed on purpose");
		}

	}

	static class VisitorResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Visitor.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return new Visitor("john");
		}

	}

	@Processor
	@SubscribesTo("orders")
	static class Visited {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		void onMessage(String payload, Visitor visitor) {
			this.calls.add(payload + " by " + visitor.name());
		}

	}

	@Processor
	@SubscribesTo("clickstream")
	static class PublishingInConstructor {

		PublishingInConstructor(MessagePublisher publisher) {
			publisher.publish("clickstream", "hello");
		}

		void onMessage(String payload) {
		}

	}

}
