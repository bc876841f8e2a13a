package org.activemessaging.flow;

import java.time.Duration;

import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.QueueView;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers of queues, with and without the help of the broker.
 */
class OperationsFlowTests {

	@Test
	void depthIsExactByTheStatisticsOfTheBroker() {
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			client.sendText(Flow.QUEUE, 0, 1234);
			client.sendText(Flow.DEAD_LETTERS, 0, 7);
			Flow.application(broker.url()).run((context) -> {
				Flow.eventually().until(() -> queue(context).sampledAt() != null);
				assertThat(queue(context).depth()).isEqualTo(1234);
				assertThat(queue(context).exact()).isTrue();
				assertThat(queue(context).source()).isEqualTo("statistics");
				assertThat(queue(context).deadLetters().depth()).isEqualTo(7);
				client.sendText(Flow.QUEUE, 0, 1);
				Flow.eventually().until(() -> queue(context).depth() == 1235);
			});
			assertThat(broker.queues()).containsExactlyInAnyOrder(Flow.QUEUE, Flow.DEAD_LETTERS);
		}
	}

	@Test
	void depthIsCountedByBrowsingWithoutStatistics() {
		try (TestBroker broker = TestBroker.startWithoutStatistics(); PlainClient client = broker.client()) {
			client.sendText(Flow.QUEUE, 0, 399);
			Flow.application(broker.url()).run((context) -> {
				Flow.eventually().until(() -> queue(context).sampledAt() != null);
				assertThat(queue(context).depth()).isEqualTo(399);
				assertThat(queue(context).exact()).isTrue();
				assertThat(queue(context).source()).isEqualTo("browse");
				assertThat(queue(context).consumers()).isNull();
				assertThat(queue(context).inFlight()).isNull();
				assertThat(queue(context).oldestAge()).isPositive();
				client.sendText(Flow.QUEUE, 0, 51);
				Flow.eventually().until(() -> !queue(context).exact());
				assertThat(queue(context).depth()).isEqualTo(400);
				assertThat(queue(context).timeToDrain()).isNull();
			});
			assertThat(broker.depth(Flow.QUEUE)).isEqualTo(450);
		}
	}

	@Test
	void askingForStatisticsLeavesNothingBehind() {
		try (TestBroker broker = TestBroker.startWithoutStatistics(); PlainClient client = broker.client()) {
			Flow.application(broker.url()).run((context) -> {
				Flow.eventually().until(() -> queue(context).sampledAt() != null);
				Flow.throughout(Duration.ofSeconds(1)).until(() -> queue(context).depth() == 0);
			});
			assertThat(broker.queues().stream().filter((queue) -> queue.startsWith("ActiveMQ.Statistics")))
				.allMatch((queue) -> client.browse(queue).isEmpty());
			assertThat(broker.queues()).noneMatch((queue) -> queue.startsWith("ActiveMQ.Statistics"));
			assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
		}
	}

	@Test
	void lossAndReturnOfTheBrokerAreSeen() {
		int port = BrokerProcess.freePort();
		try (TestBroker first = TestBroker.startOn(port)) {
			Flow.application(first.url()).run((context) -> {
				Flow.eventually().until(() -> status(context) == BrokerStatus.UP);
				first.close();
				Flow.eventually().until(() -> status(context) == BrokerStatus.DOWN);
				try (TestBroker second = TestBroker.startOn(port); PlainClient client = second.client()) {
					client.sendText(Flow.QUEUE, 0, 5);
					Flow.eventually().until(() -> status(context) == BrokerStatus.UP);
					Flow.eventually().until(() -> queue(context).depth() == 5);
				}
			});
		}
	}

	// As the test framework of Spring does with contexts that are not used, and CRaC.
	@Test
	void contextMayBeStoppedAndStartedAgain() {
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Script script = Script.thatSucceeds();
			Flow.application(broker.url(), script).run((context) -> {
				client.sendText(Flow.QUEUE, "before");
				Flow.eventually().until(() -> script.completed().contains("before"));
				ConfigurableApplicationContext source = context
					.getSourceApplicationContext(ConfigurableApplicationContext.class);
				source.stop();
				client.sendText(Flow.QUEUE, "between");
				Flow.throughout(Duration.ofMillis(500)).until(() -> script.completed().size() == 1);
				source.start();
				Flow.eventually().until(() -> script.completed().contains("between"));
				client.sendText("Other", 0, 1);
				Flow.eventually().until(() -> queue(context).depth() == 0 && status(context) == BrokerStatus.UP);
				client.sendText(Flow.DEAD_LETTERS, 0, 3);
				Flow.eventually().until(() -> queue(context).deadLetters().depth() == 3);
			});
		}
	}

	private static QueueView queue(ApplicationContext context) {
		return context.getBean(MessagingOperations.class).destinations().get("orders").queues().get(0);
	}

	private static BrokerStatus status(ApplicationContext context) {
		return context.getBean(MessagingOperations.class).brokers().get("default").status();
	}

}
