package org.activemessaging.containers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.MessagingOperations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.activemq.ActiveMQContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A container of ActiveMQ becomes the default broker.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest(properties = { "spring.application.name=orders", "messaging.destination.orders.queue=Orders" })
@TestConstructor(autowireMode = AutowireMode.ALL)
class ActiveMqContainerTests {

	@Container
	@ServiceConnection
	static final ActiveMQContainer ACTIVE_MQ = new ActiveMQContainer("apache/activemq-classic:6.1.7");

	private final MessagePublisher publisher;

	private final OrderProcessor processor;

	private final MessagingOperations operations;

	@Autowired
	ActiveMqContainerTests(MessagePublisher publisher, OrderProcessor processor, MessagingOperations operations) {
		this.publisher = publisher;
		this.processor = processor;
		this.operations = operations;
	}

	@Test
	void containerIsTheDefaultBroker() throws InterruptedException {
		this.publisher.publish("orders", "first");
		assertThat(this.processor.received.await(30, TimeUnit.SECONDS)).isTrue();
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(this.operations.brokers().get("default").status()).isEqualTo(BrokerStatus.UP));
		assertThat(this.operations.brokers().get("default").url())
			.isEqualTo("tcp://" + ACTIVE_MQ.getHost() + ":" + ACTIVE_MQ.getMappedPort(61616));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
	@Import(OrderProcessor.class)
	static class Application {

	}

	@Processor
	static class OrderProcessor {

		private final CountDownLatch received = new CountDownLatch(1);

		@SubscribesTo("orders")
		void onOrder(String order) {
			this.received.countDown();
		}

	}

}
