package org.activemessaging.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Objects;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every configuration that the README and the pages about brokers print is bound.
 */
class QuickStartTests {

	private static final String[] MQ_BUNDLE = {
			"spring.ssl.bundle.jks.mq.truststore.location=file:${java.home}/lib/security/cacerts",
			"spring.ssl.bundle.jks.mq.truststore.password=changeit" };

	@Test
	void readmeSaysHowToGrow() throws IOException {
		assertThat(Page.at("README.md").blocks("yaml")).extracting(Page::properties)
			.extracting((source) -> source.getProperty("messaging.broker.default.url"))
			.filteredOn(Objects::nonNull)
			.containsExactly("tcp://mq1:61616", "failover:(tcp://mq1:61616,tcp://mq2:61616)",
					"(tcp://mq1:61616,tcp://mq2:61616)", "sqs:eu-central-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/brokers.md", "docs/delivery.md", "docs/redelivery.md",
			"docs/endpoint.md", "docs/concurrency.md", "docs/artemis.md", "docs/rabbitmq.md", "docs/sqs.md",
			"docs/stomp.md", "docs/jms.md" })
	void everyYamlOfTheDocumentationBinds(String page) throws IOException {
		for (String yaml : Page.at(page).blocks("yaml")) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class,
						JacksonAutoConfiguration.class, SslAutoConfiguration.class))
				.withClassLoader(clientsOf(page, yaml))
				.withPropertyValues("MQ_PASSWORD=secret", "SERVICE_BUS_KEY=secret",
						"messaging.listener.auto-startup=false", "messaging.group=voyeur")
				.withPropertyValues(yaml.contains("bundle:\n      pem:") ? new String[0] : MQ_BUNDLE)
				.withBean("clickProcessor", ClickProcessor.class)
				// Any provider has queues; for virtual topics, some need to be told more.
				.withPropertyValues("messaging.destination.clickstream."
						+ (page.endsWith("jms.md") ? "queue" : "virtual-topic") + "=Clickstream")
				.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(Page.properties(yaml.replace("./data/broker", "target/broker")
						.replace("/etc/mq/authority.pem", authority())
						.replaceAll("//(mq1|mq2|jobs):", "//localhost:"))))
				.run((context) -> {
					// Not every provider's client is among the dependencies of the tests.
					if (context.getStartupFailure() == null || !page.endsWith("jms.md")) {
						assertThat(context).hasNotFailed();
					}
					else {
						assertThat(context).getFailure().rootCause().isInstanceOf(ClassNotFoundException.class);
					}
				});
		}
	}

	private static String authority() {
		try {
			KeyStore trusted = KeyStore.getInstance(
					Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(),
					"changeit".toCharArray());
			Certificate authority = trusted.getCertificate(trusted.aliases().nextElement());
			Path file = Path.of("target/authority.pem").toAbsolutePath();
			Files.writeString(file, "-----BEGIN CERTIFICATE-----\n"
					+ Base64.getMimeEncoder().encodeToString(authority.getEncoded()) + "\n-----END CERTIFICATE-----\n");
			return file.toString();
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// With several clients, an URL such as tcp://mq:61616 would need an adapter.
	private static ClassLoader clientsOf(String page, String yaml) {
		return page.endsWith("artemis.md") || yaml.contains("adapter: artemis")
				? new FilteredClassLoader("org.apache.activemq.ActiveMQConnectionFactory")
				: new FilteredClassLoader("org.apache.activemq.artemis");
	}

}
