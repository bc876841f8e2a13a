package org.activemessaging.broker.activemq;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ActiveMqAdapter}.
 */
class ActiveMqAdapterTests {

	private static final String FAILOVER = "maxReconnectAttempts=0&startupMaxReconnectAttempts=2&warnAfterReconnectAttempts=0&timeout=4000&initialReconnectDelay=1000"
			+ "&maxReconnectDelay=30000&nested.connectionTimeout=4000&nested.wireFormat.maxInactivityDuration=10000";

	private static final String PLAIN = "connectionTimeout=4000&wireFormat.maxInactivityDuration=10000";

	private final ActiveMqAdapter adapter = new ActiveMqAdapter();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					tcp://mq:61616                                    | tcp://mq:61616?PLAIN
					ssl://mq:61617?socket.soTimeout=1                 | ssl://mq:61617?socket.soTimeout=1&PLAIN
					tcp://mq:61616?connectionTimeout=1                | tcp://mq:61616?connectionTimeout=1&wireFormat.maxInactivityDuration=10000
					failover:(tcp://a:1,tcp://b:2)                    | failover:(tcp://a:1,tcp://b:2)?FAILOVER
					failover:(tcp://a:1,tcp://b:2)?randomize=false    | failover:(tcp://a:1,tcp://b:2)?randomize=false&FAILOVER
					failover:(tcp://a:1?socket.soTimeout=1,tcp://b:2) | failover:(tcp://a:1?socket.soTimeout=1,tcp://b:2)?FAILOVER
					failover:tcp://a:1                                | failover:(tcp://a:1)?FAILOVER
					failover://tcp://a:1                              | failover:(tcp://a:1)?FAILOVER
					failover://(tcp://a:1)                            | failover://(tcp://a:1)?FAILOVER
					vm://embedded?create=false                        | vm://embedded?create=false
					""")
	void waitsOfTheClientAreBounded(String url, String expected) {
		assertThat(factory(url, Map.of()).getBrokerURL())
			.isEqualTo(expected.replace("PLAIN", PLAIN).replace("FAILOVER", FAILOVER));
	}

	@ParameterizedTest
	@CsvSource({ "startupMaxReconnectAttempts, -1", "timeout, 1", "initialReconnectDelay, 7", "maxReconnectDelay, 8",
			"nested.connectionTimeout, 9", "nested.wireFormat.maxInactivityDuration, 10" })
	void boundOfTheUserIsKept(String option, String value) {
		String url = "failover:(tcp://a:1,tcp://b:2)?" + option + "=" + value;
		String result = factory(url, Map.of()).getBrokerURL();
		assertThat(result).startsWith(url + "&");
		assertThat(result.split("[?&]" + Pattern.quote(option + "="))).hasSize(2);
	}

	@Test
	void jmsOptionsOfTheUrlAreApplied() {
		ActiveMQConnectionFactory factory = factory("tcp://mq:61616?jms.clientID=voyeur&jms.sendTimeout=1234",
				Map.of());
		assertThat(factory.getClientID()).isEqualTo("voyeur");
		assertThat(factory.getSendTimeout()).isEqualTo(1234);
		assertThat(factory.getBrokerURL()).doesNotContain("jms.");
	}

	@Test
	void vendorsOptionsAreApplied() {
		ActiveMQConnectionFactory factory = factory("tcp://mq:61616",
				Map.of("clientID", "voyeur", "sendTimeout", "1234", "prefetchPolicy.queuePrefetch", "7"));
		assertThat(factory.getClientID()).isEqualTo("voyeur");
		assertThat(factory.getSendTimeout()).isEqualTo(1234);
		assertThat(factory.getPrefetchPolicy().getQueuePrefetch()).isEqualTo(7);
	}

	@Test
	void credentialsAreThoseOfTheProfile() {
		ActiveMQConnectionFactory factory = factory("tcp://mq:61616", Map.of());
		assertThat(factory.getUserName()).isEqualTo("scott");
		assertThat(factory.getPassword()).isEqualTo("xyzzy-tiger");
	}

	@ParameterizedTest
	@ValueSource(strings = { "vm://x?create=false", "tcp://mq:61616", "failover:(tcp://a:1)" })
	void clientNeitherGivesUpMessagesNorWaitsForEver(String url) {
		ActiveMQConnectionFactory factory = factory(url, Map.of());
		assertThat(factory.getRedeliveryPolicy().getMaximumRedeliveries())
			.isEqualTo(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
		assertThat(factory.getRedeliveryPolicyMap().getDefaultEntry().getMaximumRedeliveries())
			.isEqualTo(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
		assertThat(factory.getSendTimeout()).isEqualTo(4000);
		assertThat(factory.getConnectResponseTimeout()).isEqualTo(4000);
		assertThat(factory.getCloseTimeout()).isLessThanOrEqualTo(4000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jms.redeliveryPolicy.maximumRedeliveries=1", "jms.nonBlockingRedelivery=true" })
	void clientsOwnRedeliveryIsOverruled(String option) {
		ActiveMQConnectionFactory factory = factory("tcp://mq:61616?" + option, Map.of());
		assertThat(factory.getRedeliveryPolicy().getMaximumRedeliveries()).isEqualTo(-1);
		assertThat(factory.isNonBlockingRedelivery()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "useAsyncSend", "optimizeAcknowledge" })
	void optionThatBreaksThePromiseIsRefused(String option) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616?jms." + option + "=true", Map.of()))
			.withMessageContaining("'" + option + "'");
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616", Map.of(option, "true")))
			.withMessageContaining("'" + option + "'");
		assertThat(factory("tcp://mq:61616?jms." + option + "=false", Map.of())).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "?maxReconnectAttempts=-1", "?timeout=1&maxReconnectAttempts=5" })
	void clientThatReconnectsByItselfIsRefused(String options) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("failover:(tcp://a:1)" + options, Map.of()))
			.withMessageContaining("'maxReconnectAttempts'");
		assertThat(factory("failover:(tcp://a:1)?maxReconnectAttempts=0", Map.of())).isNotNull();
		ActiveMQConnectionFactory adopted = (ActiveMQConnectionFactory) this.adapter.adoptConnectionFactory(
				new ActiveMQConnectionFactory("failover:(tcp://a:1)" + options), profile("bean:any", Map.of()));
		assertThat(adopted).isNotNull();
		assertThat(adopted.getBrokerURL()).contains("maxReconnectAttempts=0").doesNotContain("=-1", "=5");
	}

	@Test
	void unknownOptionIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616", new LinkedHashMap<>(Map.of("clientIDD", "xyzzy"))))
			.withMessageContaining("'messaging.broker.analytics.properties.clientIDD'")
			.withMessageNotContaining("xyzzy");
	}

	@Test
	void unknownPrefetchOptionIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616", Map.of("prefetchPolicy.queuePrefech", "7")))
			.withMessageContaining("'messaging.broker.analytics.properties.prefetchPolicy.queuePrefech'");
	}

	@Test
	void optionWithWrongValueIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616", Map.of("sendTimeout", "soon")))
			.withMessageContaining("'messaging.broker.analytics.properties.sendTimeout'");
	}

	@Test
	void unknownJmsOptionOfTheUrlIsRefusedWithoutShowingIt() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616?jms.nonsense=xyzzy", Map.of()))
			.withMessageContaining("'messaging.broker.analytics.url'")
			.withMessageNotContaining("xyzzy");
	}

	@Test
	void urlThatIsNoneIsRefusedWithoutShowingItsOptions() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616 ?wireFormat.x=xyzzy", Map.of()))
			.withMessageContaining("'messaging.broker.analytics.url'")
			.withMessageNotContaining("xyzzy")
			.withNoCause();
	}

	@Test
	void adoptedConnectionFactoryIsSetUpAsACopy() {
		ActiveMQConnectionFactory original = new ActiveMQConnectionFactory("scott", "xyzzy-tiger", "tcp://mq:61616");
		original.getRedeliveryPolicy().setMaximumRedeliveries(3);
		ActiveMQConnectionFactory adopted = (ActiveMQConnectionFactory) this.adapter.adoptConnectionFactory(original,
				profile("bean:x", Map.of()));
		assertThat(adopted).isNotNull().isNotSameAs(original);
		assertThat(adopted.getRedeliveryPolicy().getMaximumRedeliveries()).isEqualTo(-1);
		assertThat(adopted.getUserName()).isEqualTo("scott");
		assertThat(original.getRedeliveryPolicy().getMaximumRedeliveries()).isEqualTo(3);
		assertThat(original.getSendTimeout()).isZero();
	}

	@Test
	void virtualTopicsHaveTheNamesOfTheDeck() {
		assertThat(this.adapter.virtualTopic("Clickstream")).isEqualTo(Address.topic("VirtualTopic.Clickstream"));
		assertThat(this.adapter.groupQueue("Clickstream", "voyeur"))
			.isEqualTo(Address.queue("Consumer.voyeur.VirtualTopic.Clickstream"));
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.Clickstream")).isEqualTo("Clickstream");
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.")).isNull();
		assertThat(this.adapter.recogniseVirtualTopic("News")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "tcp://mq, true", "ssl://mq, true", "nio://mq, true", "nio+ssl://mq, true", "failover:(tcp://a), true",
			"vm://x, true", "amqp://mq, false", "https://sqs, false", "mq:61616, false" })
	void urlIsUnderstoodByItsScheme(String url, boolean expected) {
		assertThat(this.adapter.understands(url)).isEqualTo(expected);
	}

	private ActiveMQConnectionFactory factory(String url, Map<String, String> properties) {
		return (ActiveMQConnectionFactory) this.adapter.createConnectionFactory(profile(url, properties));
	}

	private static BrokerProfile profile(String url, Map<String, String> properties) {
		return new BrokerProfile("analytics", "voyeur", url, "scott", "xyzzy-tiger", null, Duration.ofSeconds(1),
				Duration.ofSeconds(30), Duration.ofSeconds(4), properties);
	}

}
