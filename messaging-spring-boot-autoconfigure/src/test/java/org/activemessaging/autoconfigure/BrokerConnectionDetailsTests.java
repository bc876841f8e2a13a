package org.activemessaging.autoconfigure;

import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.Tls;
import org.junit.jupiter.api.Test;

import org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration;
import org.springframework.boot.activemq.autoconfigure.ActiveMQConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BrokerConnectionDetails}, and for the ones of Spring Boot for
 * ActiveMQ.
 */
class BrokerConnectionDetailsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, ActiveMQAutoConfiguration.class,
				JmsAutoConfiguration.class))
		.withPropertyValues("messaging.embedded.enabled=false");

	private final ApplicationContextRunner withTwoBrokers = this.contextRunner.withPropertyValues(
			"messaging.broker.analytics.url=nio://analytics:1", "messaging.broker.analytics.user=scott",
			"messaging.broker.analytics.password=xyzzy-tiger", "messaging.broker.jobs.url=nio://jobs:1",
			"messaging.broker.jobs.user=jim", "messaging.broker.analytics.allow-plain-text=true",
			"messaging.broker.jobs.allow-plain-text=true");

	@Test
	void detailsTakePrecedenceOverThePropertiesOfTheirBrokerAlone() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=analytics")
			.withBean(BrokerConnectionDetails.class, () -> details("analytics", "sue", "xyzzy-secret", null))
			.run((context) -> {
				Brokers brokers = context.getBean(Brokers.class);
				assertLocation(brokers.get("analytics"), "nio://started:analytics", "sue", "xyzzy-secret");
				assertLocation(brokers.get("jobs"), "nio://jobs:1", "jim", null);
			});
	}

	@Test
	void credentialsOfThePropertiesAreNotSentToTheBrokerOfTheDetails() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=analytics")
			.withBean(BrokerConnectionDetails.class, () -> details("analytics", null, null, null))
			.run((context) -> assertLocation(context.getBean(Brokers.class).get("analytics"), "nio://started:analytics",
					null, null));
	}

	@Test
	void eachBrokerMayHaveDetails() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=jobs")
			.withBean("one", BrokerConnectionDetails.class, () -> details("analytics", "a", "b", null))
			.withBean("other", BrokerConnectionDetails.class, () -> details("jobs", "c", "d", null))
			.run((context) -> {
				Brokers brokers = context.getBean(Brokers.class);
				assertLocation(brokers.get("analytics"), "nio://started:analytics", "a", "b");
				assertLocation(brokers.get("jobs"), "nio://started:jobs", "c", "d");
			});
	}

	@Test
	void sslBundleOfTheDetailsIsUsed() {
		SslBundle bundle = SslBundle.of(SslStoreBundle.NONE);
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=analytics")
			.withBean(BrokerConnectionDetails.class, () -> details("analytics", null, null, bundle))
			.run((context) -> {
				Brokers brokers = context.getBean(Brokers.class);
				assertThat(brokers.get("analytics").profile().tls()).extracting(Tls::trustManagers).isNotNull();
				assertThat(brokers.get("jobs").profile().tls()).isNull();
			});
	}

	@Test
	void urlMayBeLeftOutOfThePropertiesWhereThereAreDetails() {
		this.contextRunner.withPropertyValues("messaging.broker.analytics.publisher.timeout=3s")
			.withBean(BrokerConnectionDetails.class, () -> details("analytics", null, null, null))
			.run((context) -> assertLocation(context.getBean(Brokers.class).get("analytics"), "nio://started:analytics",
					null, null));
	}

	@Test
	void unknownBrokerStopsTheStart() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=analytics")
			.withBean(BrokerConnectionDetails.class, () -> details("analytisc", "sue", "xyzzy", null))
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription())
					.contains("'analytisc'", "BrokerConnectionDetails", "Did you mean 'analytics'?")
					.doesNotContain("xyzzy");
				assertThat(analysis.getAction()).contains("'messaging.broker.analytisc'");
			});
	}

	@Test
	void detailsOfActiveMqAloneBecomeTheDefaultBroker() {
		this.contextRunner.withBean(ActiveMQConnectionDetails.class, () -> new ActiveMqDetails("nio://localhost:61616"))
			.run((context) -> {
				Brokers brokers = context.getBean(Brokers.class);
				assertThat(brokers.all()).hasSize(1);
				assertLocation(brokers.getDefault(), "nio://localhost:61616", "artemis", "xyzzy-container-secret");
				assertThat(context).hasBean("defaultConnectionFactory").doesNotHaveBean("jmsConnectionFactory");
			});
	}

	@Test
	void detailsOfActiveMqDoNotLeakIntoNamedBrokers() {
		this.withTwoBrokers.withPropertyValues("messaging.default-broker=analytics")
			.withBean(ActiveMQConnectionDetails.class, () -> new ActiveMqDetails("nio://localhost:61616"))
			.run((context) -> {
				Brokers brokers = context.getBean(Brokers.class);
				assertThat(brokers.all()).hasSize(2);
				assertLocation(brokers.get("analytics"), "nio://analytics:1", "scott", "xyzzy-tiger");
				assertLocation(brokers.get("jobs"), "nio://jobs:1", "jim", null);
			});
	}

	@Test
	void detailsOfActiveMqDoNotLeakIntoTheOnlyBroker() {
		this.contextRunner.withPropertyValues("messaging.broker.analytics.url=nio://analytics:1")
			.withBean(ActiveMQConnectionDetails.class, () -> new ActiveMqDetails("nio://localhost:61616"))
			.run((context) -> assertLocation(context.getBean(Brokers.class).get("analytics"), "nio://analytics:1", null,
					null));
	}

	@Test
	void detailsOfActiveMqBecomeTheDefaultBesideNamedBrokersWithoutDefault() {
		this.withTwoBrokers
			.withBean(ActiveMQConnectionDetails.class, () -> new ActiveMqDetails("nio://localhost:61616"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Brokers brokers = context.getBean(Brokers.class);
				assertThat(brokers.all()).hasSize(3);
				assertThat(brokers.getDefault().name()).isEqualTo("default");
				assertLocation(brokers.get("jobs"), "nio://jobs:1", "jim", null);
			});
	}

	private static void assertLocation(Broker broker, String url, String user, String password) {
		assertThat(broker.profile().url()).isEqualTo(url);
		assertThat(broker.profile().user()).isEqualTo(user);
		assertThat(broker.profile().password()).isEqualTo(password);
	}

	private static BrokerConnectionDetails details(String name, String user, String password, SslBundle bundle) {
		return new BrokerConnectionDetails() {

			@Override
			public String getBrokerName() {
				return name;
			}

			@Override
			public String getUrl() {
				return ((bundle != null) ? "ssl" : "nio") + "://started:" + name;
			}

			@Override
			public String getUser() {
				return user;
			}

			@Override
			public String getPassword() {
				return password;
			}

			@Override
			public SslBundle getSslBundle() {
				return bundle;
			}

		};
	}

	record ActiveMqDetails(String url) implements ActiveMQConnectionDetails {

		@Override
		public String getBrokerUrl() {
			return this.url;
		}

		@Override
		public String getUser() {
			return "artemis";
		}

		@Override
		public String getPassword() {
			return "xyzzy-container-secret";
		}

	}

}
