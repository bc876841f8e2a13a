package org.activemessaging.broker;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.contract.RabbitMqUnderTest;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Certificates;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.BrokerView;
import org.activemessaging.operations.MessagingOperations;
import org.apache.activemq.broker.SslBrokerService;
import org.apache.activemq.broker.SslContext;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Real brokers behind TLS: each adapter trusts what its SSL bundle trusts, and checks the
 * name of the host.
 */
class BrokersByTlsIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static final int artemisPort = BrokerProcess.freePort();

	private static final SslBrokerService activeMq = new SslBrokerService();

	private static Certificates certificates;

	private static Certificates strangers;

	private static ArtemisUnderTest artemis;

	private static RabbitMqUnderTest rabbitMq;

	@BeforeAll
	static void start() throws Exception {
		certificates = new Certificates(directory);
		strangers = new Certificates(directory);
		rabbitMq = new RabbitMqUnderTest(directory).withTls(certificates);
		artemis = new ArtemisUnderTest(Files.createDirectory(directory.resolve("artemis")), "tls=" + artemisPort,
				"key-store=" + certificates.keyStore());
		artemis.start();
		startActiveMq();
		rabbitMq.start();
	}

	private static void startActiveMq() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(certificates.keyStore())) {
			store.load(input, Certificates.SECRET.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, Certificates.SECRET.toCharArray());
		activeMq.setBrokerName("stomp-by-tls");
		activeMq.setPersistent(false);
		activeMq.setUseJmx(false);
		activeMq.setSslContext(new SslContext(keys.getKeyManagers(), null, null));
		activeMq.addConnector("stomp+ssl://localhost:0");
		activeMq.start();
		activeMq.waitUntilStarted();
	}

	@AfterAll
	static void stop() throws Exception {
		activeMq.stop();
		artemis.close();
		rabbitMq.close();
	}

	static Stream<Named<Endpoint>> endpoints() {
		Map<String, String> ofArtemis = ArtemisUnderTest.credentials("admin");
		return Stream
			.of(new Endpoint("artemis", "tcp", artemisPort, ofArtemis),
					new Endpoint("stomp", "stomp+ssl", artemisPort, with(ofArtemis, "properties.dialect", "artemis")),
					new Endpoint("jms", "amqps", artemisPort,
							with(ofArtemis, "connection-factory", JmsConnectionFactory.class.getName())),
					new Endpoint("stomp", "stomp+ssl", activeMq.getTransportConnectors().get(0).getUri().getPort(),
							Map.of("properties.dialect", "activemq")),
					new Endpoint("rabbitmq", "amqps", rabbitMq.tlsPort(), rabbitMq.properties()))
			.map((endpoint) -> Named.of(endpoint.adapter() + " at " + endpoint.scheme() + ":" + endpoint.port(),
					endpoint));
	}

	private static Map<String, String> with(Map<String, String> properties, String name, String value) {
		Map<String, String> all = new TreeMap<>(properties);
		all.put(name, value);
		return all;
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void brokerThatTheBundleTrustsIsReached(Endpoint endpoint) {
		Recorder recorder = new Recorder();
		endpoint.application("localhost", certificates)
			.withBean("recorder", Recorder.class, () -> recorder)
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "secured");
				Flow.eventually().until(() -> recorder.received.equals(List.of("secured")));
				Flow.eventually()
					.until(() -> view(context.getBean(MessagingOperations.class)).status() == BrokerStatus.UP);
			});
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void brokerWithTheNameOfAnotherHostIsRefused(Endpoint endpoint) {
		endpoint.application("127.0.0.1", certificates)
			.run((context) -> assertRefused(context.getBean(MessagingOperations.class),
					context.getBean(MessagePublisher.class)));
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void brokerThatTheBundleDoesNotTrustIsRefused(Endpoint endpoint) {
		endpoint.application("localhost", strangers)
			.run((context) -> assertRefused(context.getBean(MessagingOperations.class),
					context.getBean(MessagePublisher.class)));
	}

	private static void assertRefused(MessagingOperations operations, MessagePublisher publisher) {
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("orders", "secret"));
		Flow.eventually().until(() -> view(operations).status() == BrokerStatus.DOWN);
		assertThat(view(operations).reason()).isNotBlank().doesNotContain("xyzzy");
	}

	private static BrokerView view(MessagingOperations operations) {
		return operations.brokers().get("default");
	}

	/**
	 * Where a broker listens.
	 */
	record Endpoint(String adapter, String scheme, int port, Map<String, String> properties) {

		ApplicationContextRunner application(String host, Certificates trusted) {
			return new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, SslAutoConfiguration.class,
						JacksonAutoConfiguration.class))
				.withPropertyValues("spring.application.name=voyeur", "messaging.destination.orders.queue=Secured",
						"messaging.operations.sample-interval=200ms",
						"messaging.broker.default.adapter=" + this.adapter,
						"messaging.broker.default.url=" + this.scheme + "://" + host + ":" + this.port,
						"messaging.broker.default.publisher.timeout=5s",
						"messaging.broker.default.reconnect.initial-delay=" + Duration.ofMillis(200),
						"messaging.broker.default.ssl.bundle=mq",
						"spring.ssl.bundle.jks.mq.truststore.location=file:" + trusted.trustStore(),
						"spring.ssl.bundle.jks.mq.truststore.type=PKCS12",
						"spring.ssl.bundle.jks.mq.truststore.password=" + Certificates.SECRET)
				.withPropertyValues(this.properties.entrySet()
					.stream()
					.map((property) -> "messaging.broker.default." + property)
					.toArray(String[]::new));
		}

	}

	/**
	 * Keeps what arrives.
	 */
	@Processor
	static class Recorder {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onMessage(String text) {
			this.received.add(text);
		}

	}

}
