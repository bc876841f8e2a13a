package org.activemessaging.broker;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainText}.
 */
class PlainTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "tcp://mq1:61616 | mq1", "nio://mq1 | mq1",
			"TCP://mq1:1?a=b,c | mq1", "ssl://mq1:61617 | -", "nio+ssl://mq1:61617 | -",
			"failover:(tcp://mq1:1,ssl://mq2:2,tcp://mq3:3)?randomize=false | mq1 mq3",
			"failover://(ssl://mq1:1,nio://mq2:2) | mq2", "failover:tcp://mq1:1,ssl://mq2:2 | mq1",
			"failover:(failover:(tcp://mq1:1),ssl://mq2:2) | mq1", "failover:(ssl://mq1:1?x=y,tcp://mq2:2?x=y) | mq2",
			"failover:(ssl://mq1:1)?priorityBackup=true&priorityURIs=tcp://mq2:2 | mq2", "amqp://a,b:5672/vhost | a b",
			"amqps://a,b:5672/vhost | -", "stomp:(a:61613,b:61613) | a b", "stomp+ssl:(a:61613,b:61613) | -",
			"tcp://[fe80::1]:61616 | fe80::1", "tcp://mq1?sslEnabled=true | -",
			"(tcp://mq1:1?sslEnabled=true,tcp://mq2:2)?ha=true | mq2", "http://mq1:9324 | mq1", "https://mq1 | -",
			"sqs:eu-central-1 | -", "bean:factory | -", "java:comp/env/jms | -", "vm://embedded | -",
			"memory://test | -", "amqp:///vhost | -", "tcp://scott:tiger@mq1:1 | mq1" })
	void hostsWithoutTlsAreFound(String url, String hosts) {
		assertThat(String.join(" ", PlainText.hosts(url))).isEqualTo((hosts != null) ? hosts : "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LocalHost", "127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1" })
	void thisMachineIsLoopback(String host) {
		assertThat(PlainText.isLoopback(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "mq1", "128.0.0.1", "127.0.0.1.example.com", "127.0.0.256", "127.example.com",
			"localhost.example.com", "localhost.localdomain", "0.0.0.0", "::", "" })
	void anythingElseIsNot(String host) {
		assertThat(PlainText.isLoopback(host)).isFalse();
	}

}
