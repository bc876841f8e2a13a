package org.activemessaging.autoconfigure;

import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration;
import org.springframework.boot.activemq.autoconfigure.ActiveMQConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainTextCheck}: none of these applications may even try to connect.
 */
class PlainTextCheckTests {

	private static final String CANARY = "xyzzy-canary";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, SslAutoConfiguration.class))
		.withPropertyValues("messaging.broker.mq.password=" + CANARY);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "activemq | nio://mq1:61616 | mq1", "activemq | failover:(ssl://mq1:61617,nio://mq2:61616) | mq2",
					"activemq | failover:(nio://localhost:1,nio://10.0.0.7:61616) | 10.0.0.7",
					"artemis | tcp://mq1:61616 | mq1", "artemis | (tcp://localhost:1,tcp://mq2:2)?ha=true | mq2",
					"artemis | udp://231.7.7.7:9876 | udp://231.7.7.7:9876",
					"rabbitmq | amqp://localhost,mq2/vhost | mq2", "stomp | stomp:(localhost:61613,mq2:61613) | mq2",
					"sqs | http://elasticmq:9324 | elasticmq" })
	void plainTextToAnotherMachineIsRefused(String adapter, String url, String host) {
		this.contextRunner
			.withPropertyValues("messaging.broker.mq.adapter=" + adapter, "messaging.broker.mq.url=" + url,
					"messaging.broker.mq.user=scott")
			.run((context) -> assertRefused(context, host));
	}

	@Test
	void plainTextToAnotherMachineIsRefusedForAnyProvider() {
		this.contextRunner
			.withPropertyValues("messaging.broker.mq.connection-factory=" + JmsConnectionFactory.class.getName(),
					"messaging.broker.mq.url=failover:(amqps://mq1:5671,amqp://mq2:5672)")
			.run((context) -> assertRefused(context, "mq2"));
	}

	@Test
	void urlsAmongTheOptionsOfAnyProviderAreLookedAt() {
		this.contextRunner
			.withPropertyValues("messaging.broker.mq.connection-factory=" + JmsConnectionFactory.class.getName(),
					"messaging.broker.mq.properties.remoteURI=amqp://mq2:5672")
			.run((context) -> assertRefused(context, "mq2"));
	}

	@ParameterizedTest
	@CsvSource({ "activemq, nio://mq1:61616, userName", "activemq, nio://mq1:61616, password",
			"artemis, tcp://mq1:61616, user" })
	void credentialsMayStandAmongTheOptions(String adapter, String url, String option) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withPropertyValues("messaging.broker.mq.adapter=" + adapter, "messaging.broker.mq.url=" + url,
					"messaging.broker.mq.properties." + option + "=" + CANARY)
			.run((context) -> assertRefused(context, "mq1"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "activemq | ssl://mq1:61617", "activemq | failover:(nio://localhost:1,nio://127.0.0.2:2)",
					"artemis | tcp://mq1:61616?sslEnabled=true", "artemis | tcp://[::1]:1", "rabbitmq | amqps://mq1",
					"rabbitmq | amqp://localhost", "stomp | stomp+ssl://mq1:61614", "stomp | stomp://127.0.0.1:1",
					"sqs | https://sqs.eu-central-1.amazonaws.com", "sqs | http://localhost:9324" })
	void tlsAndThisMachineAreAllowed(String adapter, String url) {
		this.contextRunner
			.withPropertyValues("messaging.broker.mq.adapter=" + adapter, "messaging.broker.mq.url=" + url,
					"messaging.broker.mq.user=scott")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aBrokerWithoutCredentialsIsNoConcern() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withPropertyValues("messaging.broker.mq.url=nio://mq1:61616",
					"messaging.broker.mq.properties.useCompression=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void plainTextCanBeAllowed() {
		this.contextRunner
			.withPropertyValues("messaging.broker.mq.url=nio://mq1:61616", "messaging.broker.mq.user=scott",
					"messaging.broker.mq.allow-plain-text=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void connectionDetailsOfTheApplicationAreChecked() {
		this.contextRunner.withBean(BrokerConnectionDetails.class, () -> new BrokerConnectionDetails() {

			@Override
			public String getBrokerName() {
				return "mq";
			}

			@Override
			public String getUrl() {
				return "nio://mq1:61616";
			}

			@Override
			public String getPassword() {
				return CANARY;
			}

		}).run((context) -> assertRefused(context, "mq1"));
	}

	@Test
	void connectionDetailsOfTheDefaultBrokerAreChecked() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, ActiveMQAutoConfiguration.class))
			.withBean(ActiveMQConnectionDetails.class,
					() -> new BrokerConnectionDetailsTests.ActiveMqDetails("nio://container:61616"))
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'default'", "[container]").doesNotContain("xyzzy");
				assertThat(analysis.getAction()).contains("'messaging.broker.default.allow-plain-text'");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "activemq | failover:(ssl://mq1:61617,nio://localhost:61616)",
			"rabbitmq | amqp://localhost", "stomp | stomp://localhost:61613", "sqs | http://localhost:9324" })
	void bundleForAConnectionWithoutTlsIsRefused(String adapter, String url) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("mq", SslBundle.of(SslStoreBundle.NONE)))
			.withPropertyValues("messaging.broker.mq.adapter=" + adapter, "messaging.broker.mq.url=" + url,
					"messaging.broker.mq.ssl.bundle=mq")
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("mq", "without TLS");
				assertThat(analysis.getAction()).contains("'messaging.broker.mq.url'");
			});
	}

	@Test
	void bundleThatCannotBeReadIsNamed() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, SslAutoConfiguration.class))
			.withPropertyValues("messaging.broker.mq.url=ssl://localhost:61617", "messaging.broker.mq.ssl.bundle=mq",
					"spring.ssl.bundle.jks.mq.truststore.location=file:/nowhere/trust.p12",
					"spring.ssl.bundle.jks.mq.truststore.password=" + CANARY)
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'mq'", "trust.p12").doesNotContain(CANARY);
				assertThat(analysis.getAction()).contains("'spring.ssl.bundle.jks.mq'");
			});
	}

	private static void assertRefused(AssertableApplicationContext context, String host) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
		assertThat(analysis).as("analysis of %s", context.getStartupFailure()).isNotNull();
		assertThat(analysis.getDescription()).contains("'mq'", "without TLS to [" + host + "]")
			.doesNotContain(CANARY, "scott");
		assertThat(analysis.getAction()).contains("'messaging.broker.mq.ssl.bundle'",
				"'messaging.broker.mq.allow-plain-text' to 'true'");
	}

}
