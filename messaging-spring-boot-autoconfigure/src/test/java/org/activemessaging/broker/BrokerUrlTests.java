package org.activemessaging.broker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BrokerUrl}.
 */
class BrokerUrlTests {

	private static final String SECRET = "xyzzy-4711";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			tcp://mq:61616                                        | tcp://mq:61616
			tcp://mq:61616?wireFormat.maxInactivityDuration=0     | tcp://mq:61616
			ssl://[::1]:61617?socket.verifyHostName=true&x=y      | ssl://[::1]:61617
			failover:(tcp://a:1,tcp://b:2)                        | failover:(tcp://a:1,tcp://b:2)
			failover:(tcp://a:1?x=1,tcp://b:2?y=2)?randomize=false | failover:(tcp://a:1,tcp://b:2)
			vm://embedded?create=false                            | vm://embedded
			""")
	void onlySchemeHostsAndPortsAreShown(String url, String expected) {
		assertThat(BrokerUrl.display(url)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "tcp://scott:tiger@mq:61616, tcp:",
			"'failover:(ssl://s:tiger@a:1,ssl://u:tiger@b:2)?x=1', failover:" })
	void schemeIsShownWhateverElseIsHidden(String url, String scheme) {
		assertThat(BrokerUrl.display(url)).startsWith(scheme).doesNotContain("tiger", "@");
	}

	@Test
	void pathIsNotShown() {
		assertThat(BrokerUrl.display("amqp://mq:5672/tenant?x=1")).isEqualTo("amqp://mq:5672");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://mq:61616", "tcp://mq:61616?wireFormat.maxInactivityDuration=0",
			"failover:(ssl://a:1,ssl://b:2)?randomize=false&nested.socket.verifyHostName=true", "vm://embedded",
			"nio+ssl://mq.example.com:61617?jms.prefetchPolicy.all=5" })
	void urlWithoutCredentialsHasNone(String url) {
		assertThat(BrokerUrl.containsCredentials(url)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://scott:" + SECRET + "@mq:61616", "tcp://" + SECRET + "@mq:61616",
			"failover:(tcp://a:1,tcp://scott:" + SECRET + "@b:2)", "failover://tcp://scott:" + SECRET + "@a:1",
			"tcp://mq:61616?jms.password=" + SECRET, "tcp://mq:61616?jms.userName=scott&jms.password=" + SECRET,
			"TCP://mq:61616?JMS.PASSWORD=" + SECRET, "failover:(tcp://a:1?jms.password=" + SECRET + ",tcp://b:2)",
			"failover:(tcp://a:1)?jms.password=" + SECRET, "ssl://mq?socket.keyStorePassword=" + SECRET,
			"tcp://mq:61616?x=1;password=" + SECRET,
			// Characters that belong into a URL only when they are encoded.
			"tcp://scott:" + SECRET + "/a@mq:61616", "tcp://scott:a/" + SECRET + "@mq:61616",
			"tcp://scott:a@" + SECRET + "@mq:61616", "tcp://scott:a," + SECRET + "@mq:61616",
			"tcp://scott:a)" + SECRET + "@mq:61616", "tcp://scott:a?" + SECRET + "@mq:61616",
			"failover:(tcp://a:1,tcp://scott:a," + SECRET + "@b:2)",
			// Not quite a URL.
			"scott:" + SECRET + "@mq:61616", "tcp:scott:" + SECRET + "@mq:61616",
			"tcp:/scott:" + SECRET + "@mq:61616" })
	void credentialsAreFoundAndNeverShown(String url) {
		assertThat(BrokerUrl.display(url)).doesNotContain(SECRET);
		assertThat(BrokerUrl.containsCredentials(url)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "password=" + SECRET, "Access denied (PASSWORD: " + SECRET + ")",
			"{\"client_secret\":\"" + SECRET + "\"}", "pwd = '" + SECRET + "', user x", "api-key=" + SECRET + "&x=1",
			"jdbc:postgresql://db/x?user=a&password=" + SECRET,
			"no connection to https://scott:" + SECRET + "@host/x" })
	void whatIsCalledASecretIsNotShown(String text) {
		assertThat(BrokerUrl.redact(text)).isNotEqualTo(text).doesNotContain(SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "the password is wrong", "User name [scott] or password is invalid.", "no token: ",
			"Failed to read key store", "secretary=none of these? yes" })
	void textWithoutSecretsIsShownAsItIs(String text) {
		assertThat(BrokerUrl.redact(text)).isEqualTo(text.replace("=none", "=***"));
	}

	@ParameterizedTest
	@CsvSource({ "tcp://mq:61616, tcp", "FAILOVER:(tcp://a), failover", "nio+ssl://mq, nio+ssl", "mq, ''", "://x, ''" })
	void schemeStandsBeforeTheFirstColon(String url, String expected) {
		assertThat(BrokerUrl.scheme(url)).isEqualTo(expected);
	}

}
