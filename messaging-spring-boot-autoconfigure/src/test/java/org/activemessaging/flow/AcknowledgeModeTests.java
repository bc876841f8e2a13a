package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.QueueView;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is acknowledged when, in each mode, on a broker that outlives the application.
 */
@ExtendWith(OutputCaptureExtension.class)
class AcknowledgeModeTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final BrokerService broker = new BrokerService();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
		.withPropertyValues("messaging.broker.default.url=vm://acknowledge?create=false",
				"messaging.operations.sample-interval=100ms", "messaging.destination.orders.queue=Orders",
				"messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1",
				"messaging.listener.redelivery.delay=10ms", "messaging.listener.acknowledge=client");

	@BeforeEach
	void startBroker() throws Exception {
		this.broker.setBrokerName("acknowledge");
		this.broker.setPersistent(false);
		this.broker.setUseJmx(false);
		this.broker.setPlugins(new BrokerPlugin[] { new StatisticsBrokerPlugin() });
		this.broker.start();
		this.broker.waitUntilStarted();
	}

	@AfterEach
	void stopBroker() throws Exception {
		this.broker.stop();
		this.broker.waitUntilStopped();
	}

	@Test
	void messageIsAcknowledgedAfterItsProcessorInModeClient() {
		this.contextRunner.withBean("orderProcessor", OrderProcessor.class).run((context) -> {
			publish(context, 20);
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			await().atMost(LONG).until(() -> processor.orders.size() == 20);
			await().atMost(LONG).untilAsserted(() -> assertThat(queue(context).depth()).isZero());
		});
		this.contextRunner.withBean("orderProcessor", OrderProcessor.class).run((context) -> {
			publish(context, 1);
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			await().atMost(LONG).until(() -> !processor.orders.isEmpty());
			assertThat(processor.orders).containsExactly("order 0");
		});
	}

	@Test
	void failingMessageIsRedeliveredAndThenDeadLetteredInModeClient() {
		this.contextRunner.withBean("orderProcessor", OrderProcessor.class).run((context) -> {
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			processor.failing = "order 1";
			publish(context, 3);
			await().atMost(LONG).untilAsserted(() -> assertThat(queue(context).deadLetters().depth()).isEqualTo(1L));
			assertThat(processor.orders.stream().filter("order 1"::equals)).hasSize(4);
			assertThat(processor.orders).contains("order 0", "order 2").hasSize(6);
			await().atMost(LONG).untilAsserted(() -> assertThat(queue(context).depth()).isZero());
		});
	}

	@Test
	void onlyWhatTheProcessorAcknowledgedIsGone() {
		this.contextRunner.withPropertyValues("messaging.listener.window=100")
			.withBean("evenProcessor", EvenProcessor.class)
			.run((context) -> {
				publish(context, 20);
				EvenProcessor processor = context.getBean(EvenProcessor.class);
				await().atMost(LONG).until(() -> processor.orders.size() == 20);
			});
		this.contextRunner.withBean("orderProcessor", OrderProcessor.class).run((context) -> {
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			await().atMost(LONG).until(() -> processor.orders.size() == 10);
			assertThat(processor.orders).containsExactlyInAnyOrderElementsOf(
					IntStream.range(0, 20).filter((i) -> i % 2 == 1).mapToObj((i) -> "order " + i).toList());
		});
	}

	@Test
	void failureAfterTheAcknowledgmentIsNotTriedAgain() {
		this.contextRunner.withBean("evenProcessor", EvenProcessor.class).run((context) -> {
			EvenProcessor processor = context.getBean(EvenProcessor.class);
			processor.failsAfterwards = true;
			publish(context, 1);
			await().atMost(LONG).until(() -> !processor.orders.isEmpty());
			await().atMost(LONG).untilAsserted(() -> assertThat(queue(context).depth()).isZero());
			assertThat(processor.orders).hasSize(1);
			assertThat(queue(context).deadLetters().depth()).isZero();
		});
	}

	@Test
	void unsafeModeSaysSoInTheLogAndStillWritesDeadLetters(CapturedOutput output) {
		this.contextRunner.withPropertyValues("messaging.processor.order-processor.acknowledge=unsafe-auto")
			.withBean("orderProcessor", OrderProcessor.class)
			.run((context) -> {
				assertThat(output).contains("unsafe-auto").contains("lost");
				OrderProcessor processor = context.getBean(OrderProcessor.class);
				processor.failing = "order 0";
				// Nothing is promised for a single message in this mode, so more than one
				// is
				// sent.
				await().atMost(LONG).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
					publish(context, 1);
					assertThat(queue(context).deadLetters().depth()).isPositive();
				});
			});
	}

	@Test
	void acknowledgmentNeedsModeClient() {
		this.contextRunner.withPropertyValues("messaging.listener.acknowledge=transacted")
			.withBean("evenProcessor", EvenProcessor.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("EvenProcessor.onMessage")
				.hasMessageContaining("'transacted'"));
	}

	@Test
	void unknownModeIsRefusedWithTheNearestOne() {
		this.contextRunner.withPropertyValues("messaging.listener.acknowledge=clients")
			.withBean("orderProcessor", OrderProcessor.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'messaging.listener.acknowledge' is 'clients'")
				.hasMessageContaining("Did you mean 'client'?"));
	}

	private static void publish(AssertableApplicationContext context, int count) {
		MessagePublisher publisher = context.getBean(MessagePublisher.class);
		IntStream.range(0, count).forEach((i) -> publisher.publish("orders", "order " + i));
	}

	private static QueueView queue(AssertableApplicationContext context) {
		return context.getBean(MessagingOperations.class).destinations().get("orders").queues().get(0);
	}

	@Processor
	@SubscribesTo("orders")
	static class OrderProcessor {

		private final List<String> orders = new CopyOnWriteArrayList<>();

		private volatile String failing = "";

		void onMessage(String order) {
			this.orders.add(order);
			if (order.equals(this.failing)) {
				throw new IllegalStateException("Not this one");
			}
		}

	}

	@Processor
	@SubscribesTo("orders")
	static class EvenProcessor {

		private final Set<String> orders = ConcurrentHashMap.newKeySet();

		private volatile boolean failsAfterwards;

		void onMessage(String order, Acknowledgment acknowledgment) {
			this.orders.add(order);
			if (Integer.parseInt(order.substring(6)) % 2 == 0) {
				acknowledgment.acknowledge();
			}
			if (this.failsAfterwards) {
				throw new IllegalStateException("Too late");
			}
		}

	}

}
