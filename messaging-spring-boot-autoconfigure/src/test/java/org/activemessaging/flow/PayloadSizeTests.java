package org.activemessaging.flow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jms.core.JmsTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A payload that is too large is not looked at, not tried again, and kept as it is.
 */
class PayloadSizeTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JmsAutoConfiguration.class))
		.withBean("orderProcessor", OrderProcessor.class)
		.withPropertyValues("messaging.destination.orders.queue=Orders", "messaging.listener.max-payload-size=1KB",
				"spring.jms.template.receive-timeout=20s");

	@Test
	void largeTextGoesToTheDeadLetters() {
		String large = "x".repeat(1025);
		this.contextRunner.run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", large);
			Message letter = context.getBean(JmsTemplate.class).receive("DLQ.Orders");
			assertThat(((TextMessage) letter).getText()).isEqualTo(large);
			assertThat(letter.getStringProperty(MessagingHeaders.FAILURE_KIND)).isEqualTo("payload-too-large");
			assertThat(letter.getIntProperty(MessagingHeaders.ATTEMPT)).isEqualTo(1);
			assertThat(context.getBean(OrderProcessor.class).orders).isEmpty();
		});
	}

	@Test
	void largeBytesGoToTheDeadLetters() {
		byte[] large = "ü".repeat(513).getBytes(StandardCharsets.UTF_8);
		this.contextRunner.run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", large);
			Message letter = context.getBean(JmsTemplate.class).receive("DLQ.Orders");
			byte[] body = new byte[(int) ((BytesMessage) letter).getBodyLength()];
			((BytesMessage) letter).readBytes(body);
			assertThat(body).isEqualTo(large);
		});
	}

	@Test
	void payloadOfTheLargestSizeIsProcessed() {
		this.contextRunner.run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", "x".repeat(1024));
			OrderProcessor processor = context.getBean(OrderProcessor.class);
			await().atMost(Duration.ofSeconds(20)).until(() -> processor.orders.size() == 1);
		});
	}

	@Processor
	@SubscribesTo("orders")
	static class OrderProcessor {

		private final List<String> orders = new CopyOnWriteArrayList<>();

		void onMessage(String order) {
			this.orders.add(order);
		}

	}

}
