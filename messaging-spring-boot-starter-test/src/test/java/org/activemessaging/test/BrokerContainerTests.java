package org.activemessaging.test;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.activemq.ActiveMQContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One broker in a container, the other one in memory.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest
@AutoConfigureTestMessaging
class BrokerContainerTests {

	@Container
	@ServiceConnection("analytics")
	static final ActiveMQContainer ANALYTICS = new ActiveMQContainer("apache/activemq-classic:6.1.7");

	private final MessagingHarness harness;

	private final Visits visits;

	BrokerContainerTests(@Autowired MessagingHarness harness, @Autowired Visits visits) {
		this.harness = harness;
		this.visits = visits;
	}

	@Test
	void clickGoesThroughTheContainer() {
		this.harness.publishAndWait("clickstream", new Click("s1", "/home"));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.visits.sessions()).contains("s1"));
	}

}
