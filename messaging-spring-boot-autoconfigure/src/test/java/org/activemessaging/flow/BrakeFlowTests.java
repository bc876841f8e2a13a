package org.activemessaging.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.ProcessorView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An outage behind a processor does not empty its queue into the dead letters.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrakeFlowTests {

	private static final int MESSAGES = 200;

	private static final Duration LONG = Duration.ofSeconds(20);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
		.withBean("orderProcessor", OrderProcessor.class)
		.withPropertyValues("messaging.destination.orders.queue=Orders", "messaging.listener.concurrency=4",
				"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0",
				"messaging.listener.brake.failures=5", "messaging.listener.brake.delay=100ms",
				"messaging.listener.brake.max-delay=200ms");

	@Test
	void outageBehindAProcessorSlowsItDownUntilItIsOver(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			MessagingOperations operations = context.getBean(MessagingOperations.class);
			publish(context.getBean(MessagePublisher.class));
			await().atMost(LONG).until(() -> view(operations).braked());
			int atOnce = processor.calls.get();
			await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> view(operations).braked());
			// Four consumers may each have had a message in work when the brake went on;
			// the
			// rest came before the test has seen it.
			assertThat(atOnce).isLessThanOrEqualTo(5 + 4 * 10);
			assertThat(processor.calls.get() - atOnce).isBetween(2, 4 + 12);
			assertThat(view(operations).deadLettered()).isLessThan(MESSAGES / 2);
			processor.outage = false;
			await().atMost(LONG)
				.until(() -> view(operations).processed() + view(operations).deadLettered() == MESSAGES);
			assertThat(view(operations).braked()).isFalse();
			assertThat(output).contains("slows down to one message at a time").contains("back to its own pace");
		});
	}

	@Test
	void messagesThatAreThemselvesTheTroubleDoNotSlowAProcessorDown() {
		this.contextRunner.run((context) -> {
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			processor.rejects = true;
			MessagingOperations operations = context.getBean(MessagingOperations.class);
			publish(context.getBean(MessagePublisher.class));
			await().atMost(LONG).until(() -> view(operations).deadLettered() == MESSAGES);
			assertThat(view(operations).braked()).isFalse();
		});
	}

	private static void publish(MessagePublisher publisher) {
		IntStream.range(0, MESSAGES).forEach((i) -> publisher.publish("orders", "order " + i));
	}

	private static ProcessorView view(MessagingOperations operations) {
		return operations.processors().get("order-processor");
	}

	@Processor
	@SubscribesTo("orders")
	static class OrderProcessor {

		private final AtomicInteger calls = new AtomicInteger();

		private volatile boolean outage = true;

		private volatile boolean rejects;

		void onMessage(String order) {
			this.calls.incrementAndGet();
			if (this.rejects) {
				throw new RejectMessageException("not an order");
			}
			if (this.outage) {
				throw new IllegalStateException("The database is away");
			}
		}

	}

}
