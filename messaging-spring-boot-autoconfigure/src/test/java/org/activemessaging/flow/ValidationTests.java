package org.activemessaging.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.Message;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payload that is not valid is a dead letter, and its processor does not see it.
 */
class ValidationTests {

	private static final String VALID = "{\"article\":\"pen\",\"number\":2}";

	private static final String INVALID = "{\"article\":\" \",\"number\":-4711}";

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void invalidPayloadIsADeadLetterAtOnceThatNamesWhatIsWrongWithoutValues() {
		Orders orders = new Orders();
		application().withBean(Orders.class, () -> orders).run((context) -> {
			this.client.sendText(Flow.QUEUE, INVALID, VALID);
			assertInvalid(this.client.receive(Flow.DEAD_LETTERS));
			Flow.eventually().until(() -> !orders.received.isEmpty());
			assertThat(orders.received).containsExactly(new Order("pen", 2));
		});
	}

	@Test
	void eachMessageOfAWindowIsValidatedByItself() {
		Windows windows = new Windows();
		this.client.sendText(Flow.QUEUE, VALID, VALID, INVALID, VALID);
		application().withBean(Windows.class, () -> windows).run((context) -> {
			assertInvalid(this.client.receive(Flow.DEAD_LETTERS));
			Flow.eventually().until(() -> windows.received.size() == 3);
		});
	}

	private static void assertInvalid(Message letter) throws Exception {
		assertThat(letter.getStringProperty(MessagingHeaders.FAILURE_KIND)).isEqualTo("unconvertible");
		assertThat(letter.getIntProperty(MessagingHeaders.ATTEMPT)).isEqualTo(1);
		assertThat(letter.getStringProperty(MessagingHeaders.EXCEPTION_MESSAGE))
			.endsWith("The payload is not valid: article must not be blank, number must be greater than 0")
			.doesNotContain("4711");
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url())
			.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.withPropertyValues("messaging.listener.window=50");
	}

	record Order(@NotBlank String article, @Positive int number) {
	}

	@Processor
	static class Orders {

		private final List<Order> received = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onOrder(@Valid Order order) {
			this.received.add(order);
		}

	}

	@Processor
	static class Windows {

		private final List<Order> received = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onOrders(@Valid List<Order> orders) {
			this.received.addAll(orders);
		}

	}

}
