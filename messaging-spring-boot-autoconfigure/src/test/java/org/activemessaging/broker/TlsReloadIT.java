package org.activemessaging.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Certificates;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.MessagingOperations;
import org.apache.activemq.broker.SslBrokerService;
import org.apache.activemq.broker.SslContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The authority behind the brokers' certificates changes while the application runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsReloadIT {

	private static final String NAME = "reloaded";

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private final int port = BrokerProcess.freePort();

	private final int stompPort = BrokerProcess.freePort();

	private final Recorder recorder = new Recorder();

	private Certificates before;

	private Certificates after;

	private Path trust;

	@BeforeEach
	void prepare() throws IOException {
		this.before = new Certificates(this.directory);
		this.after = new Certificates(this.directory);
		this.trust = Files.copy(this.before.trustStore(), this.directory.resolve("trust.p12"));
	}

	@ParameterizedTest
	@CsvSource({ "activemq, ssl", "stomp, stomp+ssl", "artemis, tcp" })
	void brokerWithANewAuthorityIsReachedWithoutARestart(String adapter, String scheme) throws Exception {
		AutoCloseable first = start(adapter, this.before);
		try {
			application(adapter, scheme).run((context) -> {
				MessagingOperations operations = context.getBean(MessagingOperations.class);
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				Flow.eventually().until(() -> this.recorder.received.contains("before"));
				first.close();
				Flow.eventually().until(() -> status(operations) == BrokerStatus.DOWN);
				try (AutoCloseable second = start(adapter, this.after)) {
					assertThat(second).isNotNull();
					Flow.throughout(Duration.ofSeconds(1)).until(() -> status(operations) == BrokerStatus.DOWN);
					changeTrust();
					Flow.eventually().until(() -> status(operations) == BrokerStatus.UP);
					publisher.publish("orders", "after");
					Flow.eventually().until(() -> this.recorder.received.contains("after"));
				}
			});
		}
		finally {
			first.close();
		}
	}

	@Test
	void connectionsThatThereAreGoOn(CapturedOutput output) throws Exception {
		try (AutoCloseable broker = start("activemq", this.before)) {
			assertThat(broker).isNotNull();
			application("activemq", "ssl").run((context) -> {
				MessagingOperations operations = context.getBean(MessagingOperations.class);
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				Flow.eventually().until(() -> this.recorder.received.contains("before"));
				Files.writeString(this.trust, "no key store");
				Flow.eventually().until(() -> output.getAll().contains("but cannot be used"));
				changeTrust();
				Flow.eventually().until(() -> output.getAll().contains("new connections to broker 'default' use it"));
				publisher.publish("orders", "after");
				Flow.eventually().until(() -> this.recorder.received.contains("after"));
				Flow.eventually().until(() -> status(operations) == BrokerStatus.UP);
				assertThat(output.getAll()).doesNotContain(Certificates.SECRET);
			});
		}
	}

	private void changeTrust() throws IOException {
		Files.copy(this.after.trustStore(), this.trust, StandardCopyOption.REPLACE_EXISTING);
	}

	private static BrokerStatus status(MessagingOperations operations) {
		return operations.brokers().get("default").status();
	}

	private ApplicationContextRunner application(String adapter, String scheme) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, SslAutoConfiguration.class,
					JacksonAutoConfiguration.class))
			.withBean("recorder", Recorder.class, () -> this.recorder)
			.withPropertyValues(properties(adapter).entrySet()
				.stream()
				.map((property) -> "messaging.broker.default." + property)
				.toArray(String[]::new))
			.withPropertyValues("spring.application.name=voyeur", "messaging.destination.orders.queue=Secured",
					"messaging.operations.sample-interval=100ms", "messaging.broker.default.adapter=" + adapter,
					"messaging.broker.default.url=" + scheme + "://localhost:"
							+ (adapter.equals("stomp") ? this.stompPort : this.port),
					"messaging.broker.default.publisher.timeout=5s",
					"messaging.broker.default.reconnect.initial-delay=100ms",
					"messaging.broker.default.reconnect.max-delay=500ms", "messaging.broker.default.ssl.bundle=mq",
					"spring.ssl.bundle.watch.file.quiet-period=100ms", "spring.ssl.bundle.jks.mq.reload-on-update=true",
					"spring.ssl.bundle.jks.mq.truststore.location=file:" + this.trust,
					"spring.ssl.bundle.jks.mq.truststore.type=PKCS12",
					"spring.ssl.bundle.jks.mq.truststore.password=" + Certificates.SECRET);
	}

	private static Map<String, String> properties(String adapter) {
		return switch (adapter) {
			case "artemis" -> ArtemisUnderTest.credentials("admin");
			case "stomp" -> Map.of("properties.dialect", "activemq");
			default -> Map.of();
		};
	}

	private AutoCloseable start(String adapter, Certificates certificates) throws Exception {
		if (adapter.equals("artemis")) {
			ArtemisUnderTest artemis = new ArtemisUnderTest(Files.createTempDirectory(this.directory, "artemis"),
					"tls=" + this.port, "key-store=" + certificates.keyStore());
			artemis.start();
			return artemis::close;
		}
		SslBrokerService broker = new SslBrokerService();
		broker.setBrokerName(NAME);
		broker.setPersistent(false);
		broker.setUseJmx(false);
		broker.setSslContext(new SslContext(keys(certificates).getKeyManagers(), null, null));
		broker.addConnector("ssl://localhost:" + this.port);
		broker.addConnector("stomp+ssl://localhost:" + this.stompPort);
		broker.start();
		broker.waitUntilStarted();
		return () -> {
			broker.stop();
			broker.waitUntilStopped();
		};
	}

	private static KeyManagerFactory keys(Certificates certificates) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(certificates.keyStore())) {
			store.load(input, Certificates.SECRET.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, Certificates.SECRET.toCharArray());
		return keys;
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
