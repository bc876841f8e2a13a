package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

import org.activemessaging.actuate.MessagingEndpoint;
import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.MessagingView;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.SslBrokerService;
import org.apache.activemq.command.ConnectionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jms.core.JmsTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for brokers behind TLS, with a broker that has a certificate of its own making.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private static final String STORE_SECRET = "xyzzy-store-4711";

	private static final String USER_SECRET = "xyzzy-user-4711";

	@TempDir
	static Path directory;

	private static final SslBrokerService broker = new SslBrokerService();

	private static final SslBrokerService otherName = new SslBrokerService();

	private static String url;

	private static String otherNameUrl;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JmsAutoConfiguration.class,
				SslAutoConfiguration.class, JacksonAutoConfiguration.class, EndpointAutoConfiguration.class,
				MessagingHealthContributorAutoConfiguration.class, MessagingEndpointAutoConfiguration.class))
		.withPropertyValues("spring.application.name=voyeur", "messaging.operations.sample-interval=100ms",
				"management.endpoints.web.exposure.include=messaging", "management.endpoints.jmx.exposure.include=*",
				"messaging.broker.mq.user=scott", "messaging.broker.mq.password=" + USER_SECRET,
				"messaging.broker.mq.ssl.bundle=mq", "messaging.broker.mq.publisher.timeout=3s");

	@BeforeAll
	static void startBrokers() throws Exception {
		generateKey("server", "dns:localhost,ip:127.0.0.1");
		generateKey("stranger", "dns:localhost,ip:127.0.0.1");
		generateKey("elsewhere", "dns:elsewhere.example.com");
		url = start(broker, "tls", "server");
		otherNameUrl = start(otherName, "tls-elsewhere", "elsewhere");
	}

	@AfterAll
	static void stopBrokers() throws Exception {
		broker.stop();
		otherName.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void brokerIsReachedWithTheTrustOfTheBundle(String pattern) {
		trusting("server").withPropertyValues("messaging.broker.mq.url=" + pattern.formatted(url)).run((context) -> {
			await().atMost(Duration.ofSeconds(10)).until(() -> status(context) == BrokerStatus.UP);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			JmsTemplate template = context.getBean(JmsTemplate.class);
			template.setReceiveTimeout(2000);
			template.convertAndSend("TLS", "secured");
			assertThat(template.receiveAndConvert("TLS")).isEqualTo("secured");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void brokerThatIsNotTrustedIsDown(String pattern, CapturedOutput output) {
		trusting("stranger").withPropertyValues("messaging.broker.mq.url=" + pattern.formatted(url))
			.run((context) -> assertDown(context, output));
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void brokerWithTheNameOfAnotherHostIsDown(String pattern, CapturedOutput output) {
		trusting("elsewhere").withPropertyValues("messaging.broker.mq.url=" + pattern.formatted(otherNameUrl))
			.run((context) -> assertDown(context, output));
	}

	@Test
	void brokerThatRefusesThePasswordIsDown(CapturedOutput output) {
		trusting("server")
			.withPropertyValues("messaging.broker.mq.url=" + url, "messaging.broker.mq.password=wrong-" + USER_SECRET)
			.run((context) -> assertDown(context, output));
	}

	@Test
	void brokerThatDoesNotExistIsDown(CapturedOutput output) {
		trusting("server").withPropertyValues("messaging.broker.mq.url=ssl://localhost:1")
			.run((context) -> assertDown(context, output));
	}

	private static void assertDown(AssertableApplicationContext context, CapturedOutput output) {
		assertThat(context).hasNotFailed();
		await().atMost(Duration.ofSeconds(20)).until(() -> status(context) == BrokerStatus.DOWN);
		MessagingView view = context.getBean(MessagingEndpoint.class).messaging();
		assertThat(view.brokers().get("mq").status()).isEqualTo(BrokerStatus.DOWN);
		assertThat(view.brokers().get("mq").reason()).isNotBlank();
		assertThat(view.toString()).doesNotContain(STORE_SECRET, USER_SECRET);
		Health health = health(context);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsKey("reason");
		assertThat(health.getDetails().toString()).doesNotContain(STORE_SECRET, USER_SECRET);
		assertThat(output.getAll()).doesNotContain(STORE_SECRET, USER_SECRET);
	}

	private static BrokerStatus status(AssertableApplicationContext context) {
		return context.getBean(MessagingEndpoint.class).messaging().brokers().get("mq").status();
	}

	private static Health health(AssertableApplicationContext context) {
		HealthIndicator indicator = (HealthIndicator) context
			.getBean("messagingHealthContributor", CompositeHealthContributor.class)
			.getContributor("mq");
		return indicator.health();
	}

	private ApplicationContextRunner trusting(String name) {
		return this.contextRunner.withPropertyValues(
				"spring.ssl.bundle.jks.mq.truststore.location=file:" + trustStore(name),
				"spring.ssl.bundle.jks.mq.truststore.password=" + STORE_SECRET,
				"spring.ssl.bundle.jks.mq.truststore.type=PKCS12");
	}

	private static String start(SslBrokerService service, String name, String key) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(keyStore(key))) {
			store.load(stream, STORE_SECRET.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, STORE_SECRET.toCharArray());
		service.setBrokerName(name);
		service.setPersistent(false);
		service.setUseJmx(false);
		service.setPlugins(new BrokerPlugin[] { Authentication::new });
		service.addSslConnector("ssl://localhost:0", keys.getKeyManagers(), null, new SecureRandom());
		service.start();
		service.waitUntilStarted();
		return "ssl://localhost:" + service.getTransportConnectors().get(0).getConnectUri().getPort();
	}

	private static void generateKey(String name, String subjectAlternativeName) throws Exception {
		keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2", "-ext",
				"san=" + subjectAlternativeName, "-keystore", keyStore(name).toString());
		Path certificate = directory.resolve(name + ".cer");
		keytool("-exportcert", "-alias", name, "-file", certificate.toString(), "-keystore", keyStore(name).toString());
		keytool("-importcert", "-noprompt", "-alias", name, "-file", certificate.toString(), "-keystore",
				trustStore(name).toString());
	}

	private static Path keyStore(String name) {
		return directory.resolve(name + ".p12");
	}

	private static Path trustStore(String name) {
		return directory.resolve(name + "-trust.p12");
	}

	private static void keytool(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("-storetype", "PKCS12", "-storepass", STORE_SECRET));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.txt").toFile())
			.start();
		assertThat(process.waitFor()).as("keytool %s", arguments[0]).isZero();
	}

	static class Authentication extends BrokerFilter {

		Authentication(Broker next) {
			super(next);
		}

		@Override
		public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
			if (!"scott".equals(info.getUserName()) || !USER_SECRET.equals(info.getPassword())) {
				throw new SecurityException("User name [" + info.getUserName() + "] or password is invalid.");
			}
			super.addConnection(context, info);
		}

	}

}
