package org.activemessaging.broker.artemis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ArtemisAdapter}.
 */
class ArtemisAdapterTests {

	private final ArtemisAdapter adapter = new ArtemisAdapter();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			tcp://mq:61616                           | true
			TCP://mq:61616                           | true
			(tcp://a:61616,tcp://b:61617)?ha=true    | true
			vm://0                                   | false
			udp://231.7.7.7:9876                     | true
			ssl://mq:61616                           | false
			failover:(tcp://mq:61616)                | false
			amqp://mq                                | false
			""")
	void schemesAreThoseOfTheClient(String url, boolean understood) {
		assertThat(this.adapter.understands(url)).isEqualTo(understood);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://mq:61616", "(tcp://a:1,tcp://b:2)", "tcp://a:1#tcp://b:2",
			"(tcp://a:1,tcp://b:2)?ha=true&tcpNoDelay=true" })
	void clientNeitherReconnectsNorWaitsForEver(String url) {
		ActiveMQConnectionFactory factory = factory(url, Map.of());
		assertThat(factory.getReconnectAttempts()).isZero();
		assertThat(factory.getInitialConnectAttempts()).isOne();
		assertThat(factory.getCallTimeout()).isEqualTo(4000);
		assertThat(factory.getConnectionTTL()).isEqualTo(30_000);
		assertThat(factory.getClientFailureCheckPeriod()).isEqualTo(10_000);
		assertThat(factory.isBlockOnDurableSend()).isTrue();
		assertThat(factory.isBlockOnNonDurableSend()).isTrue();
		assertThat(factory.isBlockOnAcknowledge()).isTrue();
		assertThat(factory.isPreAcknowledge()).isFalse();
		assertThat(transports(factory)).hasSize(url.contains("b:2") ? 2 : 1)
			.allSatisfy(
					(transport) -> assertThat(transport.getParams()).containsEntry("connect-timeout-millis", "4000"));
	}

	@Test
	void boundsOfTheUserAreKept() {
		ActiveMQConnectionFactory factory = factory(
				"tcp://mq:1?callTimeout=7&connectionTTL=8000&blockOnNonDurableSend=false&connect-timeout-millis=9",
				Map.of("blockOnAcknowledge", "false", "initialConnectAttempts", "3"));
		assertThat(factory.getCallTimeout()).isEqualTo(7);
		assertThat(factory.getConnectionTTL()).isEqualTo(8000);
		assertThat(factory.getClientFailureCheckPeriod()).isEqualTo(4000);
		assertThat(factory.isBlockOnNonDurableSend()).isFalse();
		assertThat(factory.isBlockOnAcknowledge()).isFalse();
		assertThat(factory.getInitialConnectAttempts()).isEqualTo(3);
		assertThat(transports(factory)[0].getParams()).containsEntry("connect-timeout-millis", "9");
	}

	@Test
	void credentialsAreThoseOfTheProfile() {
		ActiveMQConnectionFactory factory = factory("tcp://mq:61616", Map.of());
		assertThat(factory.getUser()).isEqualTo("scott");
		assertThat(factory.getPassword()).isEqualTo("xyzzy-tiger");
	}

	@Test
	void vendorsOptionsAreApplied() {
		ActiveMQConnectionFactory factory = factory("tcp://mq:61616?minLargeMessageSize=5000",
				Map.of("consumerWindowSize", "1234", "compressLargeMessage", "true"));
		assertThat(factory.getMinLargeMessageSize()).isEqualTo(5000);
		assertThat(factory.getConsumerWindowSize()).isEqualTo(1234);
		assertThat(factory.isCompressLargeMessage()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "consumerWindow", "brokerURL", "connect-timeout-millis", "jms.consumerWindowSize" })
	void unknownPropertyIsRefused(String name) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616", Map.of(name, "1")))
			.withMessageContaining("'messaging.broker.test.properties." + name + "'");
	}

	@Test
	void propertyOfAnotherTypeIsRefusedWithoutItsValue() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:61616", Map.of("callTimeout", "xyzzy-soon")))
			.withMessageContaining("'messaging.broker.test.properties.callTimeout'")
			.withMessageNotContaining("xyzzy");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			tcp://mq:1?callTimeOut=1                     | callTimeOut
			(tcp://a:1?jms.x=1,tcp://b:2)?callTimeout=1  | jms.x
			(tcp://a:1,tcp://b:2)?callTimeout=1&hb=true  | hb
			tcp://mq:1?consumer.prefetchSize=1           | consumer.prefetchSize
			""")
	void unknownOptionOfTheUrlIsRefused(String url, String option) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> factory(url, Map.of()))
			.withMessageContaining("option '" + option + "' in 'messaging.broker.test.url'");
	}

	@ParameterizedTest
	@CsvSource({ "reconnectAttempts, -1", "reconnectAttempts, 5", "blockOnDurableSend, false", "preAcknowledge, true" })
	void optionThatBreaksThePromiseIsRefused(String option, String value) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:1?" + option + "=" + value, Map.of()))
			.withMessageContaining("'" + option + "'");
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("tcp://mq:1", Map.of(option, value)))
			.withMessageContaining("'" + option + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://local host:1?trace=xyzzy-1", "(tcp://a b:1)", "tcp" })
	void urlThatIsNoneIsRefusedWithoutItsOptions(String url) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> factory(url, Map.of()))
			.withMessageContaining("'messaging.broker.test.url'")
			.satisfies((ex) -> assertThat(String.valueOf(ex.getCause()) + ex.getMessage() + ex.getAction())
				.doesNotContain("xyzzy"));
	}

	@Test
	void connectionFactoryOfTheApplicationIsCopiedAndSetUp() throws JMSException {
		try (ActiveMQConnectionFactory original = new ActiveMQConnectionFactory(
				"(tcp://a:1,tcp://b:2)?reconnectAttempts=-1&blockOnDurableSend=false&preAcknowledge=true"
						+ "&minLargeMessageSize=5000",
				"scott", "xyzzy-tiger")) {
			ConnectionFactory adopted = this.adapter.adoptConnectionFactory(original, profile("tcp://x:1", Map.of()));
			assertThat(adopted).isInstanceOf(ArtemisConnectionFactory.class);
			ActiveMQConnectionFactory factory = (ActiveMQConnectionFactory) adopted;
			assertThat(factory.getReconnectAttempts()).isZero();
			assertThat(factory.isBlockOnDurableSend()).isTrue();
			assertThat(factory.isPreAcknowledge()).isFalse();
			assertThat(factory.getMinLargeMessageSize()).isEqualTo(5000);
			assertThat(factory.getCallTimeout()).isEqualTo(4000);
			assertThat(factory.getUser()).isEqualTo("scott");
			assertThat(factory.getPassword()).isEqualTo("xyzzy-tiger");
			assertThat(transports(factory)).extracting((transport) -> transport.getParams().get("host"))
				.containsExactly("a", "b");
			assertThat(original.getReconnectAttempts()).isEqualTo(-1);
		}
	}

	@Test
	void credentialsOfTheApplicationAreNotLoggedByTheClient() {
		Logger logger = (Logger) LoggerFactory.getLogger("org.apache.commons.beanutils");
		Level level = logger.getLevel();
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		try (ActiveMQConnectionFactory original = new ActiveMQConnectionFactory("(tcp://a:1,tcp://b:2)?ha=true",
				"scott&co", "xyzzy-tiger&2")) {
			logger.setLevel(Level.DEBUG);
			logger.addAppender(logged);
			ActiveMQConnectionFactory adopted = (ActiveMQConnectionFactory) this.adapter
				.adoptConnectionFactory(original, profile("tcp://x:1", Map.of()));
			assertThat(adopted.getUser()).isEqualTo("scott&co");
			assertThat(adopted.getPassword()).isEqualTo("xyzzy-tiger&2");
		}
		finally {
			logger.detachAppender(logged);
			logger.setLevel(level);
		}
		assertThat(logged.list).isNotEmpty()
			.extracting(ILoggingEvent::getFormattedMessage)
			.noneMatch((message) -> message.contains("xyzzy") || message.contains("scott"));
	}

	@Test
	void connectionFactoryOfAnotherBrokerIsNotAdopted() {
		assertThat(this.adapter.adoptConnectionFactory(new org.apache.activemq.ActiveMQConnectionFactory("tcp://mq:1"),
				profile("tcp://mq:1", Map.of())))
			.isNull();
	}

	@Test
	void namesAreThoseOfVirtualTopics() {
		assertThat(this.adapter.virtualTopic("a.b")).isEqualTo(Address.topic("VirtualTopic.a.b"));
		assertThat(this.adapter.groupQueue("a.b", "my-group"))
			.isEqualTo(Address.queue("Consumer.my-group.VirtualTopic.a.b"));
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.a.b")).isEqualTo("a.b");
		assertThat(this.adapter.recogniseVirtualTopic("News")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a::b", "a?b=c", "a,b", "#", "a.#", "a..b", "a.", "" })
	void nameThatTheBrokerCannotHoldIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(Address.queue(name)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(Address.topic(name)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Orders", "orders.new", "Größe-1_x", "a*b", "a b" })
	void otherNamesArePossible(String name) {
		this.adapter.check(Address.queue(name));
	}

	@Test
	void acknowledgeModeIsTheVendors() {
		assertThat(this.adapter.individualAcknowledge()).isEqualTo(ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
	}

	@Test
	void everyCapabilityIsDeclared() {
		assertThat(this.adapter.capabilities(profile("tcp://mq:1", Map.of())).keySet())
			.isEqualTo(EnumSet.allOf(Capability.class));
	}

	@Test
	void nobodyThereIsALostConnection() {
		assertThatExceptionOfType(JMSException.class)
			.isThrownBy(() -> factory("tcp://localhost:" + BrokerProcess.freePort(), Map.of()).createConnection())
			.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isTrue())
			.satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isFalse());
	}

	@Test
	void serverThatSaysNothingIsGivenUp() throws IOException, JMSException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			BrokerProfile profile = new BrokerProfile("test", "voyeur", "tcp://localhost:" + silent.getLocalPort(),
					null, null, null, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(500), Map.of());
			long start = System.nanoTime();
			assertThatExceptionOfType(JMSException.class)
				.isThrownBy(() -> this.adapter.createConnectionFactory(profile).createConnection())
				.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isTrue());
			assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(5));
		}
	}

	private ActiveMQConnectionFactory factory(String url, Map<String, String> properties) {
		return (ActiveMQConnectionFactory) this.adapter.createConnectionFactory(profile(url, properties));
	}

	private static BrokerProfile profile(String url, Map<String, String> properties) {
		return new BrokerProfile("test", "voyeur", url, "scott", "xyzzy-tiger", null, Duration.ofSeconds(1),
				Duration.ofSeconds(30), Duration.ofSeconds(4), new LinkedHashMap<>(properties));
	}

	private static TransportConfiguration[] transports(ActiveMQConnectionFactory factory) {
		return factory.getServerLocator().getStaticTransportConfigurations();
	}

}
