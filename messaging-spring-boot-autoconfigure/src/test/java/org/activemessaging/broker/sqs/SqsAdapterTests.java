package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
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
 * Tests for {@link SqsAdapter} and what it makes of names and settings.
 */
class SqsAdapterTests {

	private final SqsAdapter adapter = new SqsAdapter();

	@ParameterizedTest
	@CsvSource({ "sqs:eu-central-1, eu-central-1", "https://sqs.eu-west-1.amazonaws.com, eu-west-1",
			"https://sqs-fips.us-gov-west-1.amazonaws.com, us-gov-west-1",
			"https://sqs.cn-north-1.amazonaws.com.cn, cn-north-1",
			"https://vpce-1-2.sqs.us-east-2.vpce.amazonaws.com, us-east-2", "http://localhost:9324, us-east-1" })
	void regionIsToldFromTheUrl(String url, String region) {
		assertThat(this.adapter.understands(url)).isTrue();
		assertThat(settings(url, Map.of()).region()).isEqualTo(region);
	}

	@Test
	void regionIsAnOption() {
		assertThat(settings("https://queues.example.org", Map.of("region", "eu-north-1")).region())
			.isEqualTo("eu-north-1");
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> settings("https://queues.example.org", Map.of()))
			.withMessageContaining("region");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sqs:", "sqs:nowhere", "https:", "http://", "http://host:1/?xyzzy", "https://bad host" })
	void urlThatIsNoneIsRefused(String url) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> settings(url, Map.of()))
			.withMessageContaining("'messaging.broker.jobs.url'")
			.withMessageNotContaining("xyzzy");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://x", "amqp://x", "localhost:9324", "failover:(tcp://x)" })
	void urlOfAnotherKindIsNotUnderstood(String url) {
		assertThat(this.adapter.understands(url)).isFalse();
	}

	@Test
	void optionsHaveDefaults() {
		assertThat(settings("sqs:eu-central-1", Map.of())).isEqualTo(new SqsSettings(null, "eu-central-1",
				Duration.ofSeconds(30), Duration.ofSeconds(20), true, Duration.ofSeconds(30), 1 << 20));
	}

	@ParameterizedTest
	@CsvSource({ "visibility-timeout, 0s", "visibility-timeout, 13h", "visibility-timeout, xyzzy", "wait-time, 21s",
			"create-queues, xyzzy", "group-refresh, 0ms", "max-message-size, xyzzy", "max-message-size, 0" })
	void valueThatIsNotAllowedIsRefusedWithoutShowingIt(String option, String value) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> settings("sqs:eu-central-1", Map.of(option, value)))
			.withMessageContaining("'messaging.broker.jobs.properties." + option + "'")
			.withMessageNotContaining("xyzzy");
	}

	@Test
	void unknownOptionIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> settings("sqs:eu-central-1", Map.of("visibility-timeouts", "xyzzy")))
			.withMessageContaining("'messaging.broker.jobs.properties.visibility-timeouts'")
			.withMessageContaining("visibility-timeout")
			.withMessageNotContaining("xyzzy");
	}

	@Test
	void halfOfTheCredentialsIsRefused() {
		BrokerProfile profile = new BrokerProfile("jobs", "voyeur", "sqs:eu-central-1", "access", null, null,
				Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Map.of());
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(profile))
			.withMessageContaining("jobs");
	}

	@Test
	void tlsWithoutTlsIsRefused() {
		BrokerProfile profile = new BrokerProfile("jobs", "voyeur", "http://localhost:1", "access", "xyzzy-x",
				new Tls("mq", new KeyManager[0], new TrustManager[0]), Duration.ofSeconds(1), Duration.ofSeconds(1),
				Duration.ofSeconds(1), Map.of());
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(profile))
			.withMessageContaining("TLS");
	}

	@ParameterizedTest
	@CsvSource({ "Orders, Orders", "my-queue_2, my-queue_2", "DLQ.Orders, DLQ__Orders",
			"DLQ.Orders.fifo, DLQ__Orders.fifo", "DELAY.app.4s, DELAY__app__4s",
			"Consumer.g.VirtualTopic.N, Consumer__g__VirtualTopic__N", "a b, a_x20_b", "a__b, a_x5f__x5f_b",
			"a._b, a___x5f_b", "_x5f_, _x5f_x5f_", "Ärger, _xc4_rger" })
	void nameIsMapped(String name, String expected) {
		assertThat(this.adapter.nameOnBroker(Address.queue(name))).isEqualTo(expected);
		assertThat(SqsNames.decode(expected)).isEqualTo(name);
		assertThat(expected).matches("[A-Za-z0-9_-]+(\\.fifo)?");
	}

	@Test
	void everyNameCanBeDecoded() {
		Random random = new Random(42);
		String letters = "__..xx5f20_ aZ-";
		for (int i = 0; i < 200_000; i++) {
			StringBuilder name = new StringBuilder();
			for (int length = 1 + random.nextInt(10); length > 0; length--) {
				name.append(letters.charAt(random.nextInt(letters.length())));
			}
			String encoded = SqsNames.encode(name.toString());
			assertThat(SqsNames.decode(encoded)).as(encoded).isEqualTo(name.toString());
			assertThat(encoded).matches("[A-Za-z0-9_-]+");
		}
	}

	@Test
	void virtualTopicIsAQueuePerGroup() {
		assertThat(this.adapter.virtualTopic("Clicks")).isEqualTo(Address.topic("VirtualTopic.Clicks"));
		assertThat(this.adapter.groupQueue("Clicks", "voyeur"))
			.isEqualTo(Address.queue("VirtualTopic.Clicks.Consumer.voyeur"));
		assertThat(this.adapter.groupQueue("Clicks.fifo", "voyeur"))
			.isEqualTo(Address.queue("VirtualTopic.Clicks.Consumer.voyeur.fifo"));
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.Clicks")).isEqualTo("Clicks");
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.")).isNull();
		assertThat(this.adapter.recogniseVirtualTopic("News")).isNull();
		assertThat(this.adapter.nameOnBroker(Address.topic("VirtualTopic.Clicks")))
			.isEqualTo("VirtualTopic__Clicks__Consumer__*");
	}

	@ParameterizedTest
	@CsvSource({ "VirtualTopic.A, VirtualTopic.A.Consumer.g, true", "VirtualTopic.A, VirtualTopic.A.Consumer.g_1, true",
			"VirtualTopic.A, VirtualTopic.A.B.Consumer.g, false", "VirtualTopic.A, VirtualTopic.A.Consumer.g.x, false",
			"VirtualTopic.A, VirtualTopic.A.Consumer.g.fifo, false",
			"VirtualTopic.A.fifo, VirtualTopic.A.Consumer.g.fifo, true",
			"VirtualTopic.A.fifo, VirtualTopic.A.Consumer.g, false" })
	void groupsOfOthersAreNone(String topic, String queue, boolean expected) {
		assertThat(SqsNames.isGroupQueue(topic, queue)).isEqualTo(expected);
		if (expected) {
			assertThat(SqsNames.encode(queue)).startsWith(SqsNames.groupPrefix(topic));
		}
	}

	@Test
	void namesThatAreTooLongAreRefusedWithWhatIsAllowed() {
		this.adapter.check(Address.queue("x".repeat(75)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(Address.queue("x".repeat(76))))
			.withMessageContaining("80 characters")
			.withMessageContaining("DLQ__");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.adapter.check(Address.queue("a.".repeat(30).concat("b"))))
			.withMessageContaining("a dot two");
		this.adapter.check(Address.queue("DLQ." + "x".repeat(75)));
		this.adapter.check(Address.topic("VirtualTopic.Clicks"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(Address.topic("News")))
			.withMessageContaining("no plain topics");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.adapter.check(Address.topic("VirtualTopic." + "x".repeat(60))));
		assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(Address.queue("")));
	}

	@Test
	void everyCapabilityIsDeclared() {
		assertThat(this.adapter.capabilities(SqsTestBase.profile("sqs:eu-central-1", Map.of())).keySet())
			.isEqualTo(Set.of(Capability.values()));
	}

	private static SqsSettings settings(String url, Map<String, String> properties) {
		return SqsSettings.of(new BrokerProfile("jobs", "voyeur", url, "access", "xyzzy-secret", null,
				Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), properties));
	}

}
