package org.activemessaging.test;

import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.memory.MemoryBroker;
import org.junit.jupiter.api.Test;
import org.testcontainers.activemq.ActiveMQContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container feeds the broker of its name, and nothing but that.
 */
@MessagingTest(properties = "messaging.listener.auto-startup=false")
@Import(Visits.class)
class ServiceConnectionTests {

	@ServiceConnection("analytics")
	static final ActiveMQContainer ANALYTICS = StoppedContainers.activeMq(50001)
		.withUser("scott")
		.withPassword("xyzzy-tiger");

	// Has the name of its image, which is none of the brokers.
	@ServiceConnection
	static final ActiveMQContainer OTHER = StoppedContainers.activeMq(50002);

	private final Brokers brokers;

	ServiceConnectionTests(@Autowired Brokers brokers) {
		this.brokers = brokers;
	}

	@Test
	void containerFeedsTheBrokerOfItsNameAlsoOnAnotherMachine() {
		Broker analytics = this.brokers.get("analytics");
		assertThat(analytics.profile().url()).isEqualTo("tcp://container.example.com:50001");
		assertThat(analytics.profile().user()).isEqualTo("scott");
		assertThat(analytics.profile().password()).isEqualTo("xyzzy-tiger");
		assertThat(MemoryBroker.of(analytics)).isNull();
	}

	@Test
	void brokerWithoutContainerIsInMemory() {
		assertThat(MemoryBroker.of(this.brokers.get("jobs"))).isNotNull();
	}

}
