package org.activemessaging.broker.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.jms.admin.RMQConnectionFactory;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The adapter without a broker.
 */
class RabbitMqAdapterTests {

	private final RabbitMqAdapter adapter = new RabbitMqAdapter();

	@Test
	void urlMayNameSeveralHostsAndAVirtualHost() {
		RabbitMqUrl url = RabbitMqUrl.parse("amqps://mq1,mq2:1234,[::1]:99/a%2Fb+c");
		assertThat(url.hosts()).containsExactly(new Address("mq1", 5671), new Address("mq2", 1234),
				new Address("::1", 99));
		assertThat(url.virtualHost()).isEqualTo("a/b+c");
		assertThat(url.tls()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqp://localhost", "amqp://localhost/", "amqp://localhost:5672/%2F", "amqp://" })
	void virtualHostIsTheBrokersDefault(String url) {
		assertThat(RabbitMqUrl.parse(url).virtualHost()).isEqualTo("/");
		assertThat(RabbitMqUrl.parse(url).hosts()).containsExactly(new Address("localhost", 5672));
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqp://mq:99999", "amqp://mq?heartbeat=xyzzy-1", "amqp://mq/a/b", "amqp://mq:x",
			"amqp:mq", "amqp://mq, mq2", "amqp://::1" })
	void urlThatIsNoneIsRefusedWithoutItsOptions(String url) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> factory(url, Map.of()))
			.withMessageContaining("'messaging.broker.jobs.url'")
			.withMessageNotContaining("xyzzy")
			.withNoCause();
	}

	@ParameterizedTest
	@CsvSource({ "amqp://mq, true", "amqps://mq, true", "tcp://mq, false", "stomp://mq, false", "mq:5672, false" })
	void urlIsUnderstoodByItsScheme(String url, boolean expected) {
		assertThat(this.adapter.understands(url)).isEqualTo(expected);
	}

	@Test
	void clientNeitherRecoversByItselfNorWaitsForEver() {
		RabbitMqConnectionFactory factory = factory("amqp://mq/jobs", Map.of("heartbeat", "7"));
		assertThat(factory.amqp().isAutomaticRecoveryEnabled()).isFalse();
		assertThat(factory.amqp().isTopologyRecoveryEnabled()).isFalse();
		assertThat(factory.amqp().getConnectionTimeout()).isEqualTo(4000);
		assertThat(factory.amqp().getHandshakeTimeout()).isEqualTo(4000);
		assertThat(factory.amqp().getChannelRpcTimeout()).isEqualTo(4000);
		assertThat(factory.amqp().getShutdownTimeout()).isLessThanOrEqualTo(4000);
		assertThat(factory.amqp().getRequestedHeartbeat()).isEqualTo(7);
		assertThat(factory.amqp().getVirtualHost()).isEqualTo("jobs");
		assertThat(factory.amqp().getUsername()).isEqualTo("scott");
		assertThat(factory.amqp().getPassword()).isEqualTo("xyzzy-tiger");
	}

	@Test
	void hostNameIsChecked() {
		assertThat(factory("amqps://mq", Map.of()).amqp().isSSL()).isTrue();
		assertThat(factory("amqp://mq", Map.of()).amqp().isSSL()).isFalse();
		Tls tls = new Tls("mq", new KeyManager[0], new TrustManager[0]);
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(profile("amqp://mq", tls, Map.of())))
			.withMessageContaining("without TLS");
	}

	@ParameterizedTest
	@CsvSource({ "queue-typ, quorum", "queue-type, xyzzy-none", "max-priority, 5", "max-priority, xyzzy",
			"heartbeat, 0", "single-active-consumer, yes", "automaticRecoveryEnabled, true" })
	void wrongOptionIsRefusedByName(String name, String value) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory("amqp://mq", Map.of(name, value)))
			.withMessageContaining("'messaging.broker.jobs.properties." + name + "'")
			.withMessageNotContaining("xyzzy");
	}

	@Test
	void capabilitiesFollowTheOptions() {
		assertThat(available(Map.of(), Capability.PRIORITY, Capability.MESSAGE_GROUPS)).isFalse();
		assertThat(available(Map.of(), Capability.DELIVERY_COUNT, Capability.PREFETCH)).isTrue();
		assertThat(available(Map.of("queue-type", "classic", "max-priority", "9"), Capability.PRIORITY)).isTrue();
		assertThat(available(Map.of("queue-type", "classic"), Capability.DELIVERY_COUNT)).isFalse();
		assertThat(available(Map.of("single-active-consumer", "true"), Capability.MESSAGE_GROUPS)).isTrue();
		assertThat(this.adapter.capabilities(profile("amqp://mq", null, Map.of())))
			.containsOnlyKeys(Capability.values());
	}

	@Test
	void queuesAreDeclaredAsTheOptionsSay() {
		assertThat(options(Map.of()).arguments("Q"))
			.isEqualTo(Map.of("x-queue-type", "quorum", "x-delivery-limit", RabbitMqOptions.DELIVERY_LIMIT));
		assertThat(options(Map.of("queue-type", "classic", "max-priority", "9")).arguments("Q"))
			.isEqualTo(Map.of("x-queue-type", "classic", "x-max-priority", 9));
		RabbitMqOptions single = options(Map.of("single-active-consumer", "true"));
		assertThat(single.arguments("Q")).containsEntry("x-single-active-consumer", true);
		assertThat(single.arguments("DLQ.Q")).doesNotContainKey("x-single-active-consumer");
		assertThat(single.arguments("DELAY.app.1s")).doesNotContainKey("x-single-active-consumer");
	}

	@Test
	void virtualTopicsHaveTheNamesOfTheDeck() {
		assertThat(this.adapter.virtualTopic("Clickstream").name()).isEqualTo("VirtualTopic.Clickstream");
		assertThat(this.adapter.groupQueue("Clickstream", "voyeur").name())
			.isEqualTo("Consumer.voyeur.VirtualTopic.Clickstream");
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.Clickstream")).isEqualTo("Clickstream");
		assertThat(this.adapter.recogniseVirtualTopic("News")).isNull();
		assertThat(this.adapter.nameOnBroker(this.adapter.virtualTopic("Click.Stream")))
			.isEqualTo("VirtualTopic/Click.Stream");
		assertThat(this.adapter.nameOnBroker(topic("News"))).isEqualTo("amq.topic/News");
	}

	@Test
	void namesThatTheBrokerCannotHoldAreRefused() {
		this.adapter.check(queue("Orders.Ü-1_/%$ x"));
		this.adapter.check(queue("x".repeat(255)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(queue("ü".repeat(128))))
			.withMessageContaining("255 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(queue("amq.x")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(this.adapter.virtualTopic("a.#")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.adapter.check(this.adapter.groupQueue("a.#", "voyeur")));
	}

	@Test
	void foreignConnectionFactoryIsAdopted() throws JMSException {
		RMQConnectionFactory original = new RMQConnectionFactory();
		original.setUris(List.of("amqp://scott:xyzzy-tiger@mq1/jobs", "amqp://scott:xyzzy-tiger@mq2:1234/jobs"));
		RabbitMqConnectionFactory adopted = (RabbitMqConnectionFactory) this.adapter.adoptConnectionFactory(original,
				profile("bean:x", null, Map.of()));
		assertThat(adopted).isNotNull();
		assertThat(adopted.hosts()).containsExactly(new Address("mq1", 5672), new Address("mq2", 1234));
		assertThat(adopted.amqp().getVirtualHost()).isEqualTo("jobs");
		assertThat(adopted.amqp().getPassword()).isEqualTo("xyzzy-tiger");
		assertThat(adopted.amqp().isAutomaticRecoveryEnabled()).isFalse();
	}

	@Test
	void messageKeepsItsHeadersWithTheirTypes() throws JMSException {
		RabbitMqTextMessage message = new RabbitMqTextMessage(null);
		message.setText("grüße");
		Map<String, Object> headers = Map.of("text", "Zoë", "empty", "", "yes", true, "byte", (byte) 1, "short",
				(short) 2, "int", 3, "long", 4L, "float", 1.5f, "double", 2.5, "JMSXGroupID", "g");
		for (Map.Entry<String, Object> header : headers.entrySet()) {
			message.setObjectProperty(header.getKey(), header.getValue());
		}
		String correlationId = "c".repeat(1000);
		message.setJMSCorrelationID(correlationId);
		message.setJMSReplyTo(RabbitMqAdapter.queue("Answers"));
		message.setJMSType("order");
		Outgoing outgoing = AmqpMessages.outgoing(RabbitMqAdapter.queue("Q"), message, DeliveryMode.PERSISTENT, 7,
				5000);
		assertThat(outgoing.isMandatory()).isTrue();
		assertThat(outgoing.properties().getContentType()).isEqualTo("text/plain");
		assertThat(outgoing.properties().getExpiration()).isEqualTo("5000");
		Message back = arrived(outgoing.properties(), outgoing.body(), false);
		assertThat(((TextMessage) back).getText()).isEqualTo("grüße");
		for (Map.Entry<String, Object> header : headers.entrySet()) {
			assertThat(back.getObjectProperty(header.getKey())).isEqualTo(header.getValue());
		}
		assertThat(back.propertyExists("content_type")).isFalse();
		assertThat(back.getJMSCorrelationID()).isEqualTo(correlationId);
		assertThat(back.getJMSReplyTo()).isEqualTo(RabbitMqAdapter.queue("Answers"));
		assertThat(back.getJMSType()).isEqualTo("order");
		assertThat(back.getJMSPriority()).isEqualTo(7);
		assertThat(back.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
		assertThat(back.getJMSMessageID()).isEqualTo(message.getJMSMessageID());
		assertThat(back.getJMSTimestamp()).isEqualTo(message.getJMSTimestamp());
		assertThat(back.getJMSExpiration()).isEqualTo(message.getJMSTimestamp() + 5000);
		assertThat(back.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
	}

	@Test
	void bytesStayBytesEvenIfTheyAreText() throws JMSException {
		RabbitMqBytesMessage message = new RabbitMqBytesMessage(null);
		message.writeBytes("{}".getBytes(StandardCharsets.UTF_8));
		message.setStringProperty("content_type", "application/json");
		Outgoing outgoing = AmqpMessages.outgoing(RabbitMqAdapter.topic("T"), message, DeliveryMode.NON_PERSISTENT, 4,
				0);
		assertThat(outgoing.isMandatory()).isFalse();
		assertThat(outgoing.properties().getContentType()).isEqualTo("application/json");
		assertThat(outgoing.properties().getDeliveryMode()).isEqualTo(1);
		assertThat(outgoing.properties().getExpiration()).isNull();
		BytesMessage back = (BytesMessage) arrived(outgoing.properties(), outgoing.body(), false);
		assertThat(back.getBodyLength()).isEqualTo(2);
		assertThat(back.getStringProperty("content_type")).isEqualTo("application/json");
	}

	@Test
	void messageThatIsSentOnKeepsWhatNobodySees() throws JMSException {
		BasicProperties foreign = new BasicProperties.Builder().contentEncoding("gzip")
			.appId("ruby")
			.headers(Map.of("9lives", text("cat"), "list", List.of(1, 2), "x-delivery-count", 5L))
			.build();
		Message message = arrived(foreign, new byte[] { 1 }, true);
		assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(6);
		assertThat(message).isInstanceOf(BytesMessage.class);
		message.clearProperties();
		message.setStringProperty("am_failure_kind", "handler");
		Outgoing outgoing = AmqpMessages.outgoing(RabbitMqAdapter.queue("DLQ.Q"), message, 2, 4, 0);
		assertThat(outgoing.body()).containsExactly(1);
		assertThat(outgoing.properties().getContentEncoding()).isEqualTo("gzip");
		assertThat(outgoing.properties().getAppId()).isEqualTo("ruby");
		assertThat(outgoing.properties().getHeaders()).containsEntry("9lives", text("cat"))
			.containsEntry("list", List.of(1, 2))
			.containsEntry("am_failure_kind", "handler")
			.doesNotContainKey("x-delivery-count");
	}

	@ParameterizedTest
	@CsvSource({ "text/plain, true", "application/json;charset=UTF-8, true", "text/plain; charset=latin1, false",
			"application/octet-stream, false", "application/vnd.x+json, true", ", false" })
	void foreignTextIsRecognisedByItsContentType(String contentType, boolean text) throws JMSException {
		Message message = arrived(new BasicProperties.Builder().contentType(contentType).build(), new byte[] { 65 },
				false);
		assertThat(message instanceof TextMessage).isEqualTo(text);
		assertThat(message.getStringProperty("content_type")).isEqualTo(contentType);
		assertThat(message.getJMSPriority()).isEqualTo(4);
		assertThat(message.getJMSExpiration()).isZero();
	}

	@Test
	void textThatIsNoneStaysAsItIs() throws JMSException {
		byte[] body = { (byte) 0xff, 1 };
		Message message = arrived(new BasicProperties.Builder().contentType("text/plain").build(), body, false);
		assertThat(message.getBody(byte[].class)).isEqualTo(body);
	}

	@Test
	void headerThatCannotBeSentIsRefusedByName() {
		RabbitMqTextMessage message = new RabbitMqTextMessage(null);
		assertThatExceptionOfType(MessageFormatException.class)
			.isThrownBy(() -> message.setObjectProperty("between", "x"))
			.withMessageContaining("'between'");
		assertThatExceptionOfType(MessageFormatException.class).isThrownBy(() -> {
			message.setStringProperty("n".repeat(256), "x");
			AmqpMessages.outgoing(RabbitMqAdapter.queue("Q"), message, 2, 4, 0);
		}).withMessageContaining("255 bytes");
	}

	@Test
	void refusalsAreToldFromTheLossOfTheConnection() {
		assertThat(failure(AMQP.ACCESS_REFUSED, false)).isInstanceOf(JMSSecurityException.class);
		assertThat(failure(AMQP.NOT_FOUND, false)).isInstanceOf(InvalidDestinationException.class);
		assertThat(this.adapter.isConnectionLost(failure(AMQP.NOT_FOUND, false))).isFalse();
		assertThat(this.adapter.isRefusal(failure(AMQP.PRECONDITION_FAILED, false))).isFalse();
		assertThat(this.adapter.isConnectionLost(failure(AMQP.PRECONDITION_FAILED, false))).isFalse();
		assertThat(this.adapter.isConnectionLost(failure(AMQP.CONNECTION_FORCED, true))).isTrue();
		assertThat(this.adapter.isConnectionLost(Failures.of("x", new java.net.SocketException("reset")))).isTrue();
		assertThat(this.adapter.isConnectionLost(Failures.closed("session"))).isTrue();
		assertThat(this.adapter.isRefusal(Failures.of("x", new IllegalArgumentException("Short string too long"))))
			.isTrue();
	}

	private static JMSException failure(int code, boolean connection) {
		return Failures
			.of("x", new java.io.IOException(
					new ShutdownSignalException(connection, false,
							connection ? new AMQP.Connection.Close.Builder().replyCode(code).replyText("text").build()
									: new AMQP.Channel.Close.Builder().replyCode(code).replyText("text").build(),
							null)));
	}

	private static LongString text(String text) {
		return LongStringHelper.asLongString(text);
	}

	// As it comes from the wire.
	private static Message arrived(BasicProperties properties, byte[] body, boolean again) throws JMSException {
		Map<String, Object> headers = new HashMap<>();
		if (properties.getHeaders() != null) {
			properties.getHeaders()
				.forEach((name, value) -> headers.put(name, (value instanceof String string) ? text(string) : value));
		}
		return AmqpMessages.incoming(new Envelope(1, again, "", "Q"), properties.builder().headers(headers).build(),
				body, RabbitMqAdapter.queue("Q"), (tag) -> {
				});
	}

	private boolean available(Map<String, String> options, Capability... capabilities) {
		return List.of(capabilities)
			.stream()
			.allMatch((capability) -> this.adapter.capabilities(profile("amqp://mq", null, options))
				.get(capability)
				.available());
	}

	private static RabbitMqOptions options(Map<String, String> options) {
		return RabbitMqOptions.of(profile("amqp://mq", null, options));
	}

	private static org.activemessaging.broker.Address queue(String name) {
		return org.activemessaging.broker.Address.queue(name);
	}

	private static org.activemessaging.broker.Address topic(String name) {
		return org.activemessaging.broker.Address.topic(name);
	}

	private RabbitMqConnectionFactory factory(String url, Map<String, String> options) {
		return (RabbitMqConnectionFactory) this.adapter.createConnectionFactory(profile(url, null, options));
	}

	private static BrokerProfile profile(String url, Tls tls, Map<String, String> options) {
		return new BrokerProfile("jobs", "voyeur", url, "scott", "xyzzy-tiger", tls, Duration.ofSeconds(1),
				Duration.ofSeconds(30), Duration.ofSeconds(4), options);
	}

}
