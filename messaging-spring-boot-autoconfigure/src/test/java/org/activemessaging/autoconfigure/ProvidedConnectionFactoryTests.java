package org.activemessaging.autoconfigure;

import com.ibm.mq.jakarta.jms.MQConnectionFactory;
import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.Capability;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jms.connection.CachingConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProvidedConnectionFactory}: brokers of any provider.
 */
class ProvidedConnectionFactoryTests {

	private static final String PREFIX = "messaging.broker.analytics.";

	private static final String QPID = """
			messaging:
			  broker:
			    analytics:
			      connection-factory: org.apache.qpid.jms.JmsConnectionFactory
			      url: amqps://mq:5671
			      user: voyeur
			      password: xyzzy-tiger
			      properties:
			        connect-timeout: 5000
			      jms:
			        group-queue: "Consumer.{group}.VirtualTopic.{topic}"
			        capabilities: browse, message-groups, priority
			""";

	private static final String SERVICE_BUS = """
			messaging:
			  broker:
			    analytics:
			      connection-factory: org.apache.qpid.jms.JmsConnectionFactory
			      url: amqps://orders.servicebus.windows.net?amqp.idleTimeout=120000
			      user: voyeur-policy
			      password: xyzzy-tiger
			      jms:
			        group-queue: "consumer.{group}.{topic}"
			""";

	private static final String IBM_MQ = """
			messaging:
			  broker:
			    analytics:
			      connection-factory: com.ibm.mq.jakarta.jms.MQConnectionFactory
			      user: voyeur
			      password: xyzzy-tiger
			      properties:
			        host-name: mq
			        port: 1414
			        channel: APP.SVRCONN
			        queue-manager: QM1
			        transport-type: 1
			        "[XMSC_WMQ_APPNAME]": voyeur
			""";

	private static final String SOLACE = """
			messaging:
			  broker:
			    analytics:
			      connection-factory: com.solacesystems.jms.SolConnectionFactoryImpl
			      user: voyeur
			      password: xyzzy-tiger
			      properties:
			        host: tcps://mq:55443
			        vpn: default
			        direct-transport: false
			        reconnect-retries: 0
			        connect-retries: 0
			""";

	private static final String PULSAR = """
			messaging:
			  broker:
			    analytics:
			      connection-factory: com.datastax.oss.pulsar.jms.PulsarConnectionFactory
			      properties:
			        json-configuration: '{"webServiceUrl":"http://mq:8080","brokerServiceUrl":"pulsar://mq:6650","enableTransaction":true}'
			      jms:
			        individual-acknowledge: 4
			""";

	@Test
	void providerByItsClass() {
		yaml(QPID).run((context) -> {
			Broker broker = broker(context.getBean(Brokers.class));
			assertThat(broker.adapter().name()).isEqualTo("jms");
			assertThat(broker.profile().displayUrl()).isEqualTo("amqps://mq:5671");
			assertThat(broker.adapter().capabilities(broker.profile()).get(Capability.BROWSE).available()).isTrue();
			assertThat(broker.connectionFactory()).isNotNull();
			assertThat(context.getBean("analyticsConnectionFactory")).isInstanceOf(ConnectionFactory.class);
		});
	}

	@Test
	void azureServiceBusByQpidJms() {
		yaml(SERVICE_BUS).run((context) -> assertThat(broker(context.getBean(Brokers.class)).connectionFactory())
			.hasToString("Connection factory of broker 'analytics' at amqps://orders.servicebus.windows.net"));
	}

	@Test
	void ibmMq() {
		yaml(IBM_MQ).run((context) -> {
			Broker broker = broker(context.getBean(Brokers.class));
			assertThat(broker.connectionFactory()).isNotNull();
			assertThat(broker.profile().displayUrl()).isEqualTo("class:" + MQConnectionFactory.class.getSimpleName());
			assertThat(broker.profile().properties()).containsEntry("XMSC_WMQ_APPNAME", "voyeur");
		});
	}

	@ParameterizedTest
	@CsvSource({ "true, com.solacesystems:sol-jms-jakarta", "false, com.datastax.oss:pulsar-jms-all" })
	void clientThatIsNotThereIsNamed(boolean solace, String client) {
		yaml(solace ? SOLACE : PULSAR).run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()))
			.satisfies((analysis) -> assertThat(analysis.getAction()).contains(client)));
	}

	@Test
	void connectionFactoryOfAnUnknownProviderByItsName() {
		ConnectionFactory mine = mock();
		runner().withBean("mine", ConnectionFactory.class, () -> new CachingConnectionFactory(mine))
			.withPropertyValues(PREFIX + "connection-factory=bean:mine")
			.run((context) -> {
				Broker broker = broker(context.getBean(Brokers.class));
				assertThat(broker.adapter().name()).isEqualTo("jms");
				assertThat(broker.profile().displayUrl()).isEqualTo("bean:mine");
			});
	}

	@ParameterizedTest
	@CsvSource({ ", activemq", "activemq, activemq", "jms, jms" })
	void connectionFactoryThatAVendorsAdapterKnows(String adapter, String expected) {
		runner().withBean("mine", ConnectionFactory.class, () -> new ActiveMQConnectionFactory("tcp://localhost:1"))
			.withPropertyValues(PREFIX + "connection-factory=bean:mine")
			.withPropertyValues((adapter != null) ? new String[] { PREFIX + "adapter=" + adapter } : new String[0])
			.run((context) -> assertThat(broker(context.getBean(Brokers.class)).adapter().name()).isEqualTo(expected));
	}

	@Test
	void onlyConnectionFactoryOfTheApplicationBecomesTheDefaultBroker() {
		runner().withBean("mine", ConnectionFactory.class, () -> new JmsConnectionFactory("amqp://localhost:1"))
			.run((context) -> {
				Broker broker = context.getBean(Brokers.class).get("default");
				assertThat(broker.adapter().name()).isEqualTo("jms");
				assertThat(broker.adapter().individualAcknowledge()).isEqualTo(101);
			});
	}

	@Test
	void jndiNameIsNotLookedUpAtStart() {
		runner().withPropertyValues(PREFIX + "connection-factory=java:comp/env/jms/mq")
			.run((context) -> assertThat(broker(context.getBean(Brokers.class)).profile().displayUrl())
				.isEqualTo("java:comp/env/jms/mq"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "connection-factory=bean:mien | Known: mine", "connection-factory=bean:text | java.lang.String",
					"connection-factory=bean:analyticsConnectionFactory | this library itself",
					"connection-factory=bean:mine,url=tcp://mq:1 | analytics.url'",
					"connection-factory=bean:mine,properties.a=b | analytics.properties'",
					"connection-factory=java:x,ssl.bundle=mq | analytics.ssl.bundle'",
					"connection-factory=bean:mine,adapter=activemq | does not know",
					"connection-factory=bean:mine,adapter=activemk | is not an adapter",
					"connection-factory=java:x,adapter=activemq | is for the adapter 'jms'",
					"connection-factory=com.acme.Factory | com.acme.Factory",
					"adapter=jms,url=amqp://mq:1 | no connection factory" })
	void wrongOneIsRefused(String text) {
		String[] parts = text.split(" \\| ");
		String[] properties = parts[0].split(",");
		ConnectionFactory mine = mock();
		ApplicationContextRunner runner = runner().withBean("mine", ConnectionFactory.class, () -> mine)
			.withBean("text", String.class, () -> "text");
		for (String property : properties) {
			runner = runner.withPropertyValues(PREFIX + property);
		}
		runner.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
			.contains(parts[1]));
	}

	@Test
	void virtualTopicWithoutQueuesForItsGroupsIsRefused() {
		yaml(IBM_MQ).withPropertyValues("messaging.destination.clicks.virtual-topic=Clicks")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(MessagingConfigurationException.class)
				.hasMessageContaining("'messaging.destination.clicks.virtual-topic' asks for a virtual-topic")
				.hasMessageContaining("'messaging.broker.analytics.jms.group-queue'"));
	}

	private static Broker broker(Brokers brokers) {
		return brokers.get("analytics");
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withPropertyValues("spring.application.name=voyeur", "messaging.run.groups=none");
	}

	private static ApplicationContextRunner yaml(String text) {
		return runner().withInitializer((context) -> {
			try {
				new YamlPropertySourceLoader().load("yaml", new ByteArrayResource(text.getBytes()))
					.forEach(context.getEnvironment().getPropertySources()::addLast);
			}
			catch (java.io.IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
