package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.List;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.activemq.EmbeddedActiveMq;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.MessagingOperations;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.jms.config.SimpleJmsListenerEndpoint;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.jms.core.JmsClient;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MessagingAutoConfiguration}: which brokers there are, which of them is
 * the default one, and what that means for Spring Boot's own beans.
 */
class MessagingAutoConfigurationTests {

	private static final EmbeddedActiveMq orders = new EmbeddedActiveMq("matrix-orders", null);

	private static final EmbeddedActiveMq audit = new EmbeddedActiveMq("matrix-audit", null);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JmsAutoConfiguration.class,
				SslAutoConfiguration.class, ActiveMQAutoConfiguration.class, JacksonAutoConfiguration.class));

	private final ApplicationContextRunner withoutSpringBootsActiveMq = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class));

	private final ApplicationContextRunner withTwoBrokers = this.contextRunner.withPropertyValues(
			"messaging.broker.orders.adapter=activemq", "messaging.broker.orders.url=" + orders.url(),
			"messaging.broker.audit.adapter=activemq", "messaging.broker.audit.url=" + audit.url());

	@BeforeAll
	static void startBrokers() {
		orders.start();
		audit.start();
	}

	@AfterAll
	static void stopBrokers() throws Exception {
		orders.stop();
		audit.stop();
	}

	@Test
	void springBootsBeansAreBoundToTheDefaultBroker() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=orders")
			.withUserConfiguration(AuditUser.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("jmsConnectionFactory");
				assertThat(byType(context)).isSameAs(context.getBean("ordersConnectionFactory"));
				assertThat(context.getBean(JmsTemplate.class).getConnectionFactory())
					.isSameAs(context.getBean("ordersConnectionFactory"));
				assertThat(urlOf(containerConnectionFactory(context))).startsWith("vm://matrix-orders");
				context.getBean(JmsClient.class).destination("T1").send("for orders");
				assertThat(receive(context, "ordersConnectionFactory", "T1")).isEqualTo("for orders");
				assertThat(receive(context, "auditConnectionFactory", "T1")).isNull();
				assertThat(urlOf(context.getBean(AuditUser.Audit.class).connectionFactory()))
					.startsWith("vm://matrix-audit");
				assertThat(context.getBean(Brokers.class).getDefault())
					.isSameAs(context.getBean(Brokers.class).get("orders"));
			});
	}

	@Test
	void lookUpByTypeFindsTheDefaultBroker() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=orders")
			.run((context) -> assertThat(context.getBean(ConnectionFactory.class))
				.isSameAs(context.getBean("ordersConnectionFactory")));
	}

	@Test
	void brokerNamedDefaultIsTheDefaultBroker() {
		this.contextRunner
			.withPropertyValues("messaging.broker.default.adapter=activemq",
					"messaging.broker.default.url=" + orders.url(), "messaging.broker.audit.adapter=activemq",
					"messaging.broker.audit.url=" + audit.url())
			.run((context) -> {
				assertThat(byType(context)).isSameAs(context.getBean("defaultConnectionFactory"));
				assertThat(context.getBean(Brokers.class).getDefault().name()).isEqualTo("default");
			});
	}

	@Test
	void configuredDefaultBrokerComesBeforeTheOneNamedDefault() {
		this.contextRunner
			.withPropertyValues("messaging.broker.default.adapter=activemq",
					"messaging.broker.default.url=" + orders.url(), "messaging.broker.audit.adapter=activemq",
					"messaging.broker.audit.url=" + audit.url(), "messaging.default-broker=audit")
			.run((context) -> {
				assertThat(byType(context)).isSameAs(context.getBean("auditConnectionFactory"));
				assertThat(context.getBean(Brokers.class).getDefault().name()).isEqualTo("audit");
			});
	}

	@Test
	void onlyBrokerIsTheDefaultBroker() {
		this.contextRunner
			.withPropertyValues("messaging.broker.orders.adapter=activemq",
					"messaging.broker.orders.url=" + orders.url())
			.run((context) -> {
				assertThat(context).hasSingleBean(ConnectionFactory.class).hasSingleBean(JmsTemplate.class);
				assertThat(byType(context)).isSameAs(context.getBean("ordersConnectionFactory"));
				assertThat(context.getBean(Brokers.class).getDefault().name()).isEqualTo("orders");
			});
	}

	@Test
	void startFailsWithTwoBrokersAndNoDefault() {
		this.withTwoBrokers.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.isInstanceOf(MessagingConfigurationException.class)
			.hasMessageContaining("audit, orders"));
	}

	@Test
	void springBootsConnectionFactoryIsTheDefaultBesideNamedBrokersWithoutDefault() {
		this.withTwoBrokers
			.withPropertyValues("spring.activemq.broker-url=vm://matrix-boot?broker.persistent=false",
					"spring.activemq.user=scott", "spring.activemq.password=xyzzy-tiger")
			.run((context) -> {
				assertThat(context).hasNotFailed().hasBean("jmsConnectionFactory");
				assertThat(byType(context)).isSameAs(context.getBean("jmsConnectionFactory"));
				assertThat(context.getBean(JmsTemplate.class).getConnectionFactory())
					.isSameAs(context.getBean("jmsConnectionFactory"));
				Brokers brokers = context.getBean(Brokers.class);
				assertThat(brokers.all()).extracting(Broker::name)
					.containsExactlyInAnyOrder("orders", "audit", "default");
				assertThat(brokers.getDefault().name()).isEqualTo("default");
				assertThat(urlOf(brokers.getDefault().connectionFactory())).startsWith("vm://matrix-boot");
				assertThat(((ActiveMQConnectionFactory) brokers.getDefault().connectionFactory()).getPassword())
					.isEqualTo("xyzzy-tiger");
				assertThat(brokers.get("orders").profile().user()).isNull();
				assertThat(urlOf(brokers.get("audit").connectionFactory())).startsWith("vm://matrix-audit");
			});
	}

	@Test
	void connectionFactoryOfTheUserWinsByTypeOverOurDefault() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=orders")
			.withUserConfiguration(OwnConnectionFactory.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(byType(context)).isSameAs(context.getBean("own"));
				assertThat(context.getBean(JmsTemplate.class).getConnectionFactory()).isSameAs(context.getBean("own"));
				assertThat(context.getBean(Brokers.class).getDefault().name()).isEqualTo("orders");
				assertThat(context.getBean(Brokers.class).all()).hasSize(2);
			});
	}

	@Test
	void connectionFactoryOfTheUserAloneBecomesTheDefaultBroker() {
		this.contextRunner.withUserConfiguration(OwnConnectionFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(ConnectionFactory.class);
			Broker broker = context.getBean(Brokers.class).getDefault();
			assertThat(broker.name()).isEqualTo("default");
			assertThat(urlOf(broker.connectionFactory())).startsWith("vm://matrix-orders");
			assertThat(((ActiveMQConnectionFactory) broker.connectionFactory()).getClientID()).isEqualTo("own");
			assertThat(context.getBean(ActiveMQConnectionFactory.class).getRedeliveryPolicy().getMaximumRedeliveries())
				.isEqualTo(6);
		});
	}

	@Test
	void cachingConnectionFactoryOfTheUserBecomesTheDefaultBrokerWithoutItsCache() {
		this.contextRunner.withUserConfiguration(OwnCachingConnectionFactory.class)
			.run((context) -> assertThat(context.getBean(Brokers.class).getDefault().connectionFactory())
				.isInstanceOf(ActiveMQConnectionFactory.class));
	}

	@Test
	void primaryOfTwoConnectionFactoriesOfTheUserBecomesTheDefaultBroker() {
		this.contextRunner.withUserConfiguration(PrimaryAndOtherConnectionFactory.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(urlOf(context.getBean(Brokers.class).getDefault().connectionFactory()))
				.startsWith("vm://matrix-orders");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void springBootsConnectionFactoryAloneBecomesTheDefaultBroker(boolean cached) {
		this.contextRunner
			.withPropertyValues("spring.activemq.broker-url=" + orders.url(), "spring.jms.cache.enabled=" + cached)
			.run((context) -> {
				assertThat(context).hasSingleBean(ConnectionFactory.class).hasBean("jmsConnectionFactory");
				Broker broker = context.getBean(Brokers.class).getDefault();
				assertThat(broker.name()).isEqualTo("default");
				assertThat(urlOf(broker.connectionFactory())).startsWith("vm://matrix-orders");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.activemq.user=scott", "spring.activemq.embedded.enabled=false" })
	void springBootsPropertiesWithoutUrlAloneMakeItsConnectionFactoryTheDefaultBroker(String property) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasSingleBean(ConnectionFactory.class).hasBean("jmsConnectionFactory");
			assertThat(context.getBean(Brokers.class).getDefault().profile().url())
				.isEqualTo("bean:jmsConnectionFactory");
		});
	}

	@Test
	void brokerRunsInsideTheApplicationWhereNothingIsConfigured() {
		this.contextRunner.withPropertyValues("messaging.operations.sample-interval=100ms").run((context) -> {
			assertThat(context).hasSingleBean(ConnectionFactory.class).doesNotHaveBean("jmsConnectionFactory");
			assertThat(byType(context)).isSameAs(context.getBean("defaultConnectionFactory"));
			assertThat(context.getBean(Brokers.class).getDefault().profile().url()).startsWith("vm://embedded-");
			context.getBean(JmsTemplate.class).convertAndSend("T6", "embedded");
			assertThat(receive(context, "defaultConnectionFactory", "T6")).isEqualTo("embedded");
			await().atMost(Duration.ofSeconds(10))
				.until(() -> context.getBean(MessagingOperations.class)
					.brokers()
					.get("default")
					.status() == BrokerStatus.UP);
		});
	}

	@Test
	void noBrokerRunsWithoutItsClasses() {
		this.withoutSpringBootsActiveMq.withClassLoader(new FilteredClassLoader(BrokerService.class))
			.run(MessagingAutoConfigurationTests::assertNoBroker);
	}

	@Test
	void noBrokerRunsWhereItIsSwitchedOff() {
		this.withoutSpringBootsActiveMq.withPropertyValues("messaging.embedded.enabled=false")
			.run(MessagingAutoConfigurationTests::assertNoBroker);
	}

	@Test
	void noBrokerRunsInSpringBootsPlaceWhereItIsSwitchedOff() {
		this.contextRunner.withPropertyValues("messaging.embedded.enabled=false")
			.run((context) -> assertThat(context.getBean(Brokers.class).all()).isEmpty());
	}

	@Test
	void brokerIsNotNeededWithoutDestinations() {
		this.withoutSpringBootsActiveMq.withPropertyValues("messaging.embedded.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(MessagePublisher.class));
	}

	@Test
	void embeddedBrokerDoesNotRunBesideAConfiguredOne() {
		this.contextRunner
			.withPropertyValues("messaging.broker.orders.adapter=activemq",
					"messaging.broker.orders.url=" + orders.url())
			.run((context) -> assertThat(context.getBean(Brokers.class).all()).extracting(Broker::name)
				.containsExactly("orders"));
	}

	@Test
	void beanOfTheUserTakesThePlaceOfAConnectionFactoryOfItsName() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=orders")
			.withUserConfiguration(OwnAuditConnectionFactory.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean("auditConnectionFactory"))
					.isSameAs(context.getBean(OwnAuditConnectionFactory.class).connectionFactory);
			});
	}

	@Test
	void configurationBacksOffWithoutTheJmsApi() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("jakarta.jms"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Brokers.class));
	}

	@Test
	void configurationBacksOffWithoutSpringJms() {
		this.withoutSpringBootsActiveMq.withClassLoader(new FilteredClassLoader("org.springframework.jms"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Brokers.class));
	}

	@Test
	void configurationWorksWithoutSpringBootsModulesForJmsAndActuator() {
		this.withoutSpringBootsActiveMq
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.jms", "org.springframework.boot.activemq",
							"org.springframework.boot.actuate", "org.springframework.boot.health", "io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Brokers.class));
	}

	@Test
	void configurationWorksWithoutJackson() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.withPropertyValues("messaging.destination.x.queue=X")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(MessagePublisher.class).publish("x", "text");
				assertThat(receive(context, "defaultConnectionFactory", "X")).isEqualTo("text");
			});
	}

	@Test
	void destinationsAndPublisherOfTheUserTakeThePlaceOfOurs() {
		NamedDestinations destinations = NamedDestinations.of(List.of());
		MessagePublisher publisher = mock(MessagePublisher.class);
		this.contextRunner.withBean("ownDestinations", NamedDestinations.class, () -> destinations)
			.withBean("ownPublisher", MessagePublisher.class, () -> publisher)
			.run((context) -> {
				assertThat(context.getBean(NamedDestinations.class)).isSameAs(destinations);
				assertThat(context.getBean(MessagePublisher.class)).isSameAs(publisher);
			});
	}

	@Test
	void healthContributorHasOneIndicatorForEachBroker() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=orders")
			.withConfiguration(AutoConfigurations.of(MessagingHealthContributorAutoConfiguration.class))
			.run((context) -> {
				CompositeHealthContributor contributor = context.getBean("messagingHealthContributor",
						CompositeHealthContributor.class);
				assertThat(contributor.stream().map((entry) -> entry.name())).containsExactlyInAnyOrder("orders",
						"audit");
			});
	}

	@Test
	void healthContributorCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.health.messaging.enabled=false")
			.withConfiguration(AutoConfigurations.of(MessagingHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean("messagingHealthContributor"));
	}

	@Test
	void namesOfBrokersMayBeWrittenInAnyForm() {
		this.contextRunner
			.withPropertyValues("messaging.broker.job-queue.url=" + orders.url(),
					"messaging.broker.auditTrail.url=" + audit.url(), "messaging.default-broker=auditTrail")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasBean("job-queueConnectionFactory")
					.hasBean("auditTrailConnectionFactory");
				assertThat(context.getBean(Brokers.class).getDefault().name()).isEqualTo("auditTrail");
			});
	}

	@Test
	void threadsEndWithTheContext() {
		this.contextRunner.withPropertyValues("messaging.destination.x.queue=X")
			.run((context) -> await().atMost(Duration.ofSeconds(5)).until(() -> !ownThreads().isEmpty()));
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(ownThreads()).isEmpty());
	}

	// As @Autowired does it.
	private static ConnectionFactory byType(AssertableApplicationContext context) {
		return (ConnectionFactory) context.getSourceApplicationContext()
			.getAutowireCapableBeanFactory()
			.resolveDependency(new DependencyDescriptor(
					ReflectionUtils.findField(InjectionPoint.class, "connectionFactory"), true), null);
	}

	private static List<String> ownThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("messaging-"))
			.toList();
	}

	private static void assertNoBroker(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionFactory.class);
		assertThat(context.getBean(Brokers.class).all()).isEmpty();
		assertThat(context.getBean(Brokers.class).getDefault()).isNull();
		assertThat(context.getBean(MessagingOperations.class).brokers()).isEmpty();
	}

	private static ConnectionFactory containerConnectionFactory(AssertableApplicationContext context) {
		SimpleJmsListenerEndpoint endpoint = new SimpleJmsListenerEndpoint();
		endpoint.setDestination("any");
		endpoint.setMessageListener((message) -> {
		});
		return context.getBean("jmsListenerContainerFactory", DefaultJmsListenerContainerFactory.class)
			.createListenerContainer(endpoint)
			.getConnectionFactory();
	}

	private static String urlOf(ConnectionFactory connectionFactory) {
		ConnectionFactory bare = (connectionFactory instanceof SingleConnectionFactory single)
				? single.getTargetConnectionFactory() : connectionFactory;
		return ((ActiveMQConnectionFactory) bare).getBrokerURL();
	}

	private static Object receive(AssertableApplicationContext context, String connectionFactory, String queue) {
		JmsTemplate template = new JmsTemplate(context.getBean(connectionFactory, ConnectionFactory.class));
		template.setReceiveTimeout(200);
		return template.receiveAndConvert(queue);
	}

	static class InjectionPoint {

		ConnectionFactory connectionFactory;

	}

	@Configuration(proxyBeanMethods = false)
	static class AuditUser {

		@Bean
		Audit audit(@Qualifier("auditConnectionFactory") ConnectionFactory connectionFactory) {
			return new Audit(connectionFactory);
		}

		record Audit(ConnectionFactory connectionFactory) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnectionFactory {

		@Bean
		ActiveMQConnectionFactory own() {
			ActiveMQConnectionFactory connectionFactory = new ActiveMQConnectionFactory(orders.url());
			connectionFactory.setClientID("own");
			return connectionFactory;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCachingConnectionFactory {

		@Bean
		ConnectionFactory own() {
			return new CachingConnectionFactory(new ActiveMQConnectionFactory(orders.url()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryAndOtherConnectionFactory {

		@Bean
		@Primary
		ConnectionFactory one() {
			return new ActiveMQConnectionFactory(orders.url());
		}

		@Bean
		ConnectionFactory other() {
			return new ActiveMQConnectionFactory(audit.url());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAuditConnectionFactory {

		private final ConnectionFactory connectionFactory = new ActiveMQConnectionFactory(audit.url());

		@Bean(defaultCandidate = false)
		ConnectionFactory auditConnectionFactory() {
			return this.connectionFactory;
		}

	}

}
