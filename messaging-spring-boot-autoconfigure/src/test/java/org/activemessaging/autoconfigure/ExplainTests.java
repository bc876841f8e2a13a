package org.activemessaging.autoconfigure;

import org.activemessaging.autoconfigure.candidates.Candidates;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.operations.UnknownNameException;
import org.activemessaging.operations.explain.Explainer;
import org.activemessaging.operations.explain.Explanation;
import org.activemessaging.operations.explain.Explanation.ConsumedQueue;
import org.activemessaging.operations.explain.Explanation.NotProcessor;
import org.activemessaging.operations.explain.Explanation.Step;
import org.activemessaging.operations.explain.Explanation.Subscriber;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Explainer} with what auto-configuration tells it. No broker is there.
 */
class ExplainTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(Candidates.class, Filters.class)
		.withPropertyValues("spring.application.name=shop", "messaging.broker.mq.url=nio://localhost:1",
				"messaging.destination.clicks.virtual-topic=Clicks", "messaging.destination.clicks.groups=billing",
				"messaging.destination.orders.queue=Orders",
				"messaging.destination.news.address=/topic/VirtualTopic.News",
				"messaging.destination.news.dead-letter-queue=Old.News");

	@Test
	void eachStepOfTheAddressSaysWhereItComesFrom() {
		this.contextRunner.run((context) -> assertThat(context.getBean(Explainer.class).explain("clicks").steps())
			.startsWith(new Step("broker", "mq",
					"'messaging.destination.clicks.broker' is not set, and this is the default broker: it is the only"
							+ " one under 'messaging.broker'"),
					new Step("type", "virtual-topic", "'messaging.destination.clicks.virtual-topic'"),
					new Step("address", "topic VirtualTopic.Clicks",
							"rule of the adapter 'activemq' for virtual topics"))
			.anySatisfy((step) -> assertThat(step.value()).startsWith("DELAY.shop.1s, DELAY.shop.4s")));
	}

	@Test
	void brokerMessageGroupAndDefaultBrokerAreTold() {
		this.contextRunner
			.withPropertyValues("messaging.broker.jobs.url=nio://localhost:2", "messaging.default-broker=mq",
					"messaging.destination.orders.broker=jobs",
					"messaging.destination.orders.message-group=payload.customer")
			.run((context) -> {
				Explainer explainer = context.getBean(Explainer.class);
				assertThat(explainer.explain("orders").steps().get(0))
					.isEqualTo(new Step("broker", "jobs", "'messaging.destination.orders.broker'"));
				assertThat(explainer.explain("orders").steps()).contains(
						new Step("message group", "payload.customer", "'messaging.destination.orders.message-group'"));
				assertThat(explainer.explain("clicks").steps().get(0).because()).endsWith("'messaging.default-broker'");
			});
	}

	@Test
	void queuesOfGroupsAndDeadLettersAreTold() {
		this.contextRunner.run((context) -> {
			Explainer explainer = context.getBean(Explainer.class);
			assertThat(explainer.explain("clicks").queues()).extracting(ConsumedQueue::group, ConsumedQueue::name)
				.containsExactly(tuple("billing", "Consumer.billing.VirtualTopic.Clicks"),
						tuple("shop", "Consumer.shop.VirtualTopic.Clicks"));
			assertThat(explainer.explain("clicks").queues().get(1).because()).startsWith("processors [order-processor");
			assertThat(explainer.explain("orders").queues()).singleElement()
				.extracting(ConsumedQueue::deadLetters, ConsumedQueue::deadLettersBecause)
				.containsExactly("DLQ.Orders",
						"'messaging.destination.orders.dead-letter-queue' is not set, so 'DLQ.' and the name of the queue");
			Explanation news = explainer.explain("news");
			assertThat(news.steps().get(1).because()).isEqualTo(
					"'messaging.destination.news.address', which the adapter 'activemq' knows for a virtual topic");
		});
	}

	@Test
	void processorsAreToldWithGroupAndWhetherTheyRunHere() {
		this.contextRunner
			.withPropertyValues("messaging.processor-group.web=order-processor.on-click", "messaging.run.groups=web")
			.run((context) -> {
				Explainer explainer = context.getBean(Explainer.class);
				assertThat(explainer.explain("clicks").processors()).singleElement().satisfies((processor) -> {
					assertThat(processor.here()).isTrue();
					assertThat(processor.because())
						.isEqualTo("'messaging.run.groups' is [web], and it is in the processor group 'web'");
					assertThat(processor.groupBecause()).isEqualTo("'spring.application.name'");
				});
				assertThat(explainer.explain("orders").processors()).singleElement().satisfies((processor) -> {
					assertThat(processor.method()).isEqualTo("OrderProcessor.onOrder");
					assertThat(processor.here()).isFalse();
					assertThat(processor.because()).endsWith("it is in no processor group");
				});
			});
	}

	@Test
	void durableSubscriptionIsTold() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withBean(BadProcessors.News.class)
			.withPropertyValues("messaging.broker.mq.url=nio://localhost:1", "messaging.destination.news.topic=News",
					"messaging.processor.news.subscription=audit")
			.run((context) -> assertThat(context.getBean(Explainer.class).explain("news").processors()).singleElement()
				.extracting(Subscriber::subscription, Subscriber::subscriptionBecause)
				.containsExactly("audit", "'messaging.processor.news.subscription'"));
	}

	@Test
	void filtersAreToldInTheirOrder() {
		this.contextRunner.run((context) -> {
			Explanation orders = context.getBean(Explainer.class).explain("orders");
			assertThat(orders.filters()).extracting("name", "called", "because")
				.containsExactly(tuple("first", true, "it is for all destinations"),
						tuple("second", false, "@FilterFor asks for another direction"));
			assertThat(orders.processors().get(0).filters()).extracting("name", "called", "because")
				.containsExactly(tuple("claim-check", true, "it is for all destinations"),
						tuple("first", true, "it is for all destinations"),
						tuple("second", true, "@FilterFor asks for the destinations [orders] only"));
			assertThat(context.getBean(Explainer.class).explain("clicks").processors().get(0).filters().get(2).called())
				.isFalse();
		});
	}

	@Test
	void whatSaysWhatAFilterIsForIsNamed() {
		this.contextRunner
			.withPropertyValues("messaging.filter.bean.first.except=orders",
					"messaging.filter.bean.second.only=clicks,news", "messaging.filter.compression.enabled=true",
					"messaging.filter.compression.except=orders")
			.run((context) -> {
				Explainer explainer = context.getBean(Explainer.class);
				assertThat(explainer.explain("orders").filters()).extracting("name", "because")
					.containsExactly(tuple("first", "'messaging.filter.bean.first.except' excepts the destination"),
							tuple("second", "@FilterFor asks for another direction"),
							tuple("compression", "'messaging.filter.compression.except' excepts the destination"));
				assertThat(explainer.explain("orders").processors().get(0).filters()).filteredOn("name", "second")
					.singleElement()
					.extracting("because")
					.asString()
					.startsWith("'messaging.filter.bean.second.only' asks for the destinations [");
				assertThat(explainer.explain("clicks").filters()).extracting("because")
					.contains("it is for all destinations but [orders], says 'messaging.filter.bean.first.except'");
			});
		this.contextRunner.withPropertyValues("messaging.filter.bean.second.direction=outbound")
			.run((context) -> assertThat(
					context.getBean(Explainer.class).explain("orders").processors().get(0).filters())
				.extracting("because")
				.contains("'messaging.filter.bean.second.direction' asks for another direction"));
	}

	@Test
	void filtersThatMakeTheFormOnTheWireAreNextToTheBroker() {
		this.contextRunner
			.withPropertyValues("messaging.filter.compression.enabled=true",
					"messaging.filter.compression.except=orders")
			.run((context) -> {
				Explanation orders = context.getBean(Explainer.class).explain("orders");
				assertThat(orders.filters()).extracting("name", "called")
					.containsExactly(tuple("first", true), tuple("second", false), tuple("compression", false));
				assertThat(orders.processors().get(0).filters()).extracting("name", "called")
					.containsExactly(tuple("claim-check", true), tuple("compression", true), tuple("first", true),
							tuple("second", true));
			});
	}

	@Test
	void classesThatAreNoProcessorsAreToldWithTheReason() {
		this.contextRunner.run((context) -> {
			Explainer explainer = context.getBean(Explainer.class);
			assertThat(explainer.explain("orders").notProcessors())
				.extracting((candidate) -> candidate.type().replaceAll(".*\\.", ""), NotProcessor::because)
				.satisfiesExactlyInAnyOrder(
						(tuple) -> assertThat(tuple.toList()).containsExactly("AbstractNews",
								"it is an abstract class, and there is no bean of a class below it"),
						(tuple) -> assertThat(tuple.toList()).containsExactly("ForgottenProcessor",
								"it is not a bean: it has neither @Processor nor another stereotype, and no @Bean"
										+ " method returns it"),
						(tuple) -> assertThat(tuple.toList().toString()).contains("ConditionalProcessor",
								"a condition does not match: @ConditionalOnBooleanProperty (shop.orders=true)"));
			assertThat(explainer.explain("clicks").notProcessors()).singleElement()
				.extracting(NotProcessor::because)
				.isEqualTo("its @Profile is not active");
			assertThat(explainer.explain("news").notProcessors()).singleElement()
				.extracting(NotProcessor::type)
				.asString()
				.endsWith("ForgottenProcessor");
		});
	}

	@Test
	void unknownNameIsToldWithWhatWouldHappenAndWhatWasMeant() {
		this.contextRunner.withPropertyValues("forgotten=oders").run((context) -> {
			Explainer explainer = context.getBean(Explainer.class);
			assertThatExceptionOfType(UnknownNameException.class).isThrownBy(() -> explainer.explain("oders"))
				.withMessageContainingAll("no destination 'oders'", "would be refused at start",
						"'messaging.destination.oders'", "ForgottenProcessor is no processor", "Did you mean 'orders'?")
				.satisfies((ex) -> assertThat(ex.known()).containsExactlyInAnyOrder("clicks", "orders", "news"));
			assertThatExceptionOfType(UnknownNameException.class).isThrownBy(() -> explainer.explain("Clicks"))
				.withMessageContaining("It is the name that the destination 'clicks' has on its broker.");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		@Order(2)
		@FilterFor(only = "orders", direction = Direction.INBOUND)
		MessageFilter second() {
			return (message, routing, chain) -> chain.proceed(message);
		}

		@Bean
		@Order(1)
		MessageFilter first() {
			return (message, routing, chain) -> chain.proceed(message);
		}

	}

}
