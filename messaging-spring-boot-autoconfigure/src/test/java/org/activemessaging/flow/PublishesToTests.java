package org.activemessaging.flow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a method returns is published with the message it was returned for.
 */
class PublishesToTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void valueIsPublishedAsJsonAndNullIsNot() {
		Values values = new Values((text) -> text.equals("nothing") ? null : new Invoice(text, 3));
		application(values).run((context) -> {
			this.client.sendText(Flow.QUEUE, "nothing");
			this.client.sendText(Flow.QUEUE, "a");
			TextMessage result = (TextMessage) this.client.receive("Invoices");
			assertThat(result.getText()).isEqualTo("{\"order\":\"a\",\"lines\":3}");
			assertThat(result.getStringProperty(MessagingHeaders.CONTENT_TYPE)).isEqualTo("application/json");
			Flow.eventually().until(() -> this.broker.depth("Invoices") == 0);
		});
	}

	@Test
	void eachElementOfACollectionIsAMessage() {
		Values values = new Values((text) -> switch (text) {
			case "several" -> List.of("one", "two", "three");
			case "mixed" -> List.of("four", MessageBuilder.withPayload("five").setHeader("colour", "red").build());
			case "array" -> new String[] { "six", "seven" };
			case "maybe" -> Optional.of("eight");
			case "absent" -> Optional.empty();
			default -> List.of();
		});
		application(values).run((context) -> {
			for (String order : List.of("several", "mixed", "array", "maybe", "absent", "none")) {
				this.client.sendText(Flow.QUEUE, order);
			}
			Flow.eventually().until(() -> values.calls.get() == 6);
			Flow.eventually().until(() -> this.broker.depth("Invoices") == 7);
			assertThat(this.client.drainTexts("Invoices")).containsExactly("one", "two", "three", "four", "five",
					"[\"six\",\"seven\"]", "eight");
		});
	}

	@Test
	void messageKeepsItsHeadersButNotThoseOfItsDelivery() {
		Messages messages = new Messages();
		application(messages).run((context) -> {
			context.getBean(MessagePublisher.class).to("orders").group("g").header("colour", "red").publish("order");
			Message result = this.client.receive("Invoices");
			assertThat(((TextMessage) result).getText()).isEqualTo("{\"order\":\"order\",\"lines\":1}");
			assertThat(result.getStringProperty("colour")).isEqualTo("red");
			assertThat(result.getStringProperty("JMSXGroupID")).isEqualTo("g");
			assertThat(result.getStringProperty(MessagingHeaders.CONTENT_TYPE))
				.isEqualTo("application/json;charset=UTF-8");
			assertThat(result.getStringProperty(MessagingHeaders.ID)).isNotEqualTo(messages.id);
		});
	}

	@Test
	void resultLeavesWithTheMessageOrNotAtAll() {
		AtomicInteger tries = new AtomicInteger();
		Values values = new Values((text) -> {
			// A newline in a header is refused, after the first message is published.
			return (tries.incrementAndGet() < 4)
					? List.of("lost", MessageBuilder.withPayload("x").setHeader("bad", "a\nb").build())
					: "try " + tries.get();
		});
		application(values).run((context) -> {
			this.client.sendText(Flow.QUEUE, "order");
			Flow.eventually().until(() -> this.broker.depth("Invoices") > 0);
			assertThat(this.client.drainTexts("Invoices")).containsExactly("try 4");
			assertThat(tries).hasValue(4);
		});
	}

	@Test
	void resultThatCannotBePublishedIsAFailureOfTheMessage() {
		Values values = new Values((text) -> MessageBuilder.withPayload("x").setHeader("when", Instant.EPOCH).build());
		application(values).withPropertyValues("messaging.listener.redelivery.delayed=0").run((context) -> {
			this.client.sendText(Flow.QUEUE, "order");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(((TextMessage) letter).getText()).isEqualTo("order");
			assertThat(letter.getStringProperty(MessagingHeaders.EXCEPTION_MESSAGE)).contains("'when'");
			assertThat(values.calls).hasValue(3);
		});
	}

	@Test
	void annotationOfTheClassIsForItsOnMessageMethodAndMayBeAPlaceholder() {
		application(new OnClass()).withPropertyValues("where=invoices").run((context) -> {
			this.client.sendText(Flow.QUEUE, "order");
			assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("order!");
		});
	}

	private <T> ApplicationContextRunner application(T processor) {
		@SuppressWarnings("unchecked")
		Class<T> type = (Class<T>) processor.getClass();
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.withBean("bean", type, () -> processor);
	}

	record Invoice(String order, int lines) {
	}

	@Processor
	static class Values {

		private final AtomicInteger calls = new AtomicInteger();

		private final Function<String, Object> result;

		Values(Function<String, Object> result) {
			this.result = result;
		}

		@SubscribesTo("orders")
		@PublishesTo("invoices")
		Object onOrder(String order) {
			this.calls.incrementAndGet();
			return this.result.apply(order);
		}

	}

	@Processor
	static class Messages {

		private volatile String id;

		@SubscribesTo("orders")
		@PublishesTo("invoices")
		org.springframework.messaging.Message<Invoice> onOrder(org.springframework.messaging.Message<String> order) {
			this.id = order.getHeaders().get(MessagingHeaders.ID, String.class);
			return MessageBuilder.withPayload(new Invoice(order.getPayload(), 1))
				.copyHeaders(order.getHeaders())
				.setHeader("contentType", "application/json;charset=UTF-8")
				.build();
		}

	}

	@Processor
	@SubscribesTo("orders")
	@PublishesTo("${where}")
	static class OnClass {

		String onMessage(String order) {
			return order + "!";
		}

	}

}
