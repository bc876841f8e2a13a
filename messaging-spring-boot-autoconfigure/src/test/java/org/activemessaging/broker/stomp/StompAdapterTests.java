package org.activemessaging.broker.stomp;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.broker.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StompAdapter}, {@link StompOptions} and {@link StompUrl}.
 */
class StompAdapterTests {

	private final StompAdapter adapter = new StompAdapter();

	@ParameterizedTest
	@CsvSource({ "stomp://mq, false, mq:61613", "stomp://mq:1, false, mq:1", "stomp+ssl://mq, true, mq:61614",
			"'stomp:(a,b:2)', false, 'a:61613 b:2'", "'stomp+ssl:(a:1, b)', true, 'a:1 b:61614'",
			"stomp://[::1]:7, false, ::1:7" })
	void urlNamesHosts(String url, boolean secure, String hosts) {
		StompUrl parsed = StompUrl.parse(url);
		assertThat(parsed.secure()).isEqualTo(secure);
		assertThat(parsed.hosts()).extracting((host) -> host.getHostString() + ":" + host.getPort())
			.containsExactly(hosts.split(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "stomp://", "stomp:", "stomp://mq:x", "stomp://mq?a=b", "stomp://mq/path", "stomp:(a,)",
			"stomp://a,b", "stomp://mq:99999" })
	void whatIsNoUrlIsRefused(String url) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(StompProfiles.of(url)))
			.withMessageContaining("'messaging.broker.mq.url");
	}

	@Test
	void schemesAreItsOwn() {
		assertThat(this.adapter.understands("stomp://mq")).isTrue();
		assertThat(this.adapter.understands("STOMP+SSL://mq")).isTrue();
		assertThat(this.adapter.understands("tcp://mq")).isFalse();
	}

	@Test
	void optionsAreRead() {
		StompOptions options = StompOptions
			.of(StompProfiles.of("stomp://mq", "reliable", "false", "reconnect-delay", "5", "virtual-host", "orders",
					"heart-beat", "500ms", "dialect", "rabbitmq", "max-header-size", "1KB", "max-body-size", "2MB",
					"receipt-timeout", "1m", "exchange", "amq.topic", "create-group-queues", "false"));
		assertThat(options).isEqualTo(new StompOptions(false, Duration.ofSeconds(5), "orders", Duration.ofMillis(500),
				StompDialect.RABBITMQ, 1024, 2 << 20, Duration.ofMinutes(1), "amq.topic", false));
		assertThat(StompOptions.of(StompProfiles.of("stomp://mq")).receiptTimeout()).isEqualTo(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@CsvSource({ "reliable, yes", "reconnect-delay, soon", "dialect, hornetq", "heart-beat, -1", "max-body-size, 0B",
			"max-body-size, big", "max-header-size, 4GB", "heartbeat, 1s", "jms.useAsyncSend, true" })
	void optionThatIsNoneIsRefused(String name, String value) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(StompProfiles.of("stomp://mq", name, value)))
			.withMessageContaining("'messaging.broker.mq.properties." + name + "'");
	}

	@Test
	void bundleNeedsAUrlWithTls() {
		BrokerProfile plain = StompProfiles.of("stomp://mq");
		BrokerProfile profile = new BrokerProfile(plain.name(), plain.application(), plain.url(), null, null,
				new Tls("mq", new KeyManager[0], new TrustManager[0]), Duration.ZERO, Duration.ZERO, Duration.ZERO,
				Map.of());
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(profile))
			.withMessageContaining("'messaging.broker.mq.ssl.bundle'");
	}

	@Test
	void everyCapabilityIsAnsweredForEveryDialect() {
		for (String dialect : new String[] { "activemq", "artemis", "rabbitmq" }) {
			Map<Capability, Support> known = capabilities("dialect", dialect);
			assertThat(known).containsOnlyKeys(Capability.values());
			Map<Capability, Support> unknown = capabilities();
			assertThat(unknown).containsOnlyKeys(Capability.values());
			assertThat(Arrays.stream(Capability.values()).filter((capability) -> unknown.get(capability).available()))
				.allMatch((capability) -> known.get(capability).available());
		}
	}

	private Map<Capability, Support> capabilities(String... options) {
		return this.adapter.capabilities(StompProfiles.of("stomp://mq", options));
	}

	@Test
	void nameThatMeansSomethingElseIsRefused() {
		for (String name : new String[] { "a,b", "a?b=c", "a::b", "a\nb", " " }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.adapter.check(Address.queue(name)));
		}
		this.adapter.check(Address.queue("Orders.ü/eu-1"));
	}

	@Test
	void virtualTopicsAreNamedAsOnActiveMq() {
		assertThat(this.adapter.virtualTopic("Clicks")).isEqualTo(Address.topic("VirtualTopic.Clicks"));
		assertThat(this.adapter.groupQueue("Clicks", "voyeur"))
			.isEqualTo(Address.queue("Consumer.voyeur.VirtualTopic.Clicks"));
		assertThat(this.adapter.recogniseVirtualTopic("VirtualTopic.Clicks")).isEqualTo("Clicks");
		assertThat(this.adapter.recogniseVirtualTopic("Clicks")).isNull();
		assertThat(this.adapter.escapesTransactions("AMQ_SCHEDULED_DELAY")).isTrue();
	}

}
