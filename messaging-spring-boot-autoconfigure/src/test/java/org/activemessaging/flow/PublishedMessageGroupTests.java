package org.activemessaging.flow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages are put into message groups by expressions, of the destination or of
 * {@code @PublishesTo}.
 */
class PublishedMessageGroupTests {

	private static final String GROUP = "messaging.destination.sessions.message-group=";

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void eachMessageIsInTheGroupOfItsPayload() {
		application().withPropertyValues(GROUP + "payload.id").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("sessions", new Session("a", 1));
			publisher.publishAsync("sessions", new Session("b", 2)).get(20, TimeUnit.SECONDS);
			publisher.publishAll("sessions", List.of(new Session("c", 3), new Session("d", 4), new Session(null, 5)));
			publisher.to("sessions").group("mine").publish(new Session("e", 6));
			publisher.publish("sessions", new Session("f", 7), Map.of(MessagingHeaders.GROUP, "theirs"));
			assertThat(groups(7)).containsExactly("a", "b", "c", "d", null, "mine", "theirs");
		});
	}

	@Test
	void headersAreThoseOfTheCallAndOfTheDestination() {
		application()
			.withPropertyValues(GROUP + "headers['tenant'] + '/' + headers['session']",
					"messaging.destination.sessions.headers.tenant=acme")
			.run((context) -> {
				context.getBean(MessagePublisher.class).to("sessions").header("session", "s1").publish("text");
				assertThat(groups(1)).containsExactly("acme/s1");
			});
	}

	@Test
	void whatCannotBeFoundOutIsNotPublished() {
		application().withPropertyValues(GROUP + "payload.id.length()").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> publisher.publish("sessions", new Session(null, 4711)))
				.withMessageContainingAll("destination 'sessions'", "'payload.id.length()'",
						"messaging.destination.sessions.message-group")
				.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("4711"));
			assertThat(publisher.publishAsync("sessions", new Session(null, 4711))).failsWithin(20, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(PublishException.class);
			assertThat(this.broker.depth("Sessions")).isZero();
		});
	}

	@Test
	void resultsAreInTheGroupThatTheirProcessorSays() {
		application().withPropertyValues(GROUP + "'of the destination'")
			.withBean("sessionProcessor", SessionProcessor.class)
			.run((context) -> {
				for (String order : List.of("value", "several", "message", "own", "none")) {
					this.client.sendText(Flow.QUEUE, order);
				}
				assertThat(groups(6)).containsExactly("a", "b", "c", "d", "own", "of the destination");
			});
	}

	private String[] groups(int messages) throws Exception {
		String[] groups = new String[messages];
		for (int i = 0; i < messages; i++) {
			Message message = this.client.receive("Sessions");
			groups[i] = message.getStringProperty(MessagingHeaders.GROUP);
		}
		return groups;
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url()).withPropertyValues("messaging.destination.sessions.queue=Sessions");
	}

	record Session(String id, int clicks) {
	}

	@Processor
	static class SessionProcessor {

		@SubscribesTo("orders")
		@PublishesTo(value = "sessions", messageGroup = "payload.id")
		Object onOrder(String order) {
			return switch (order) {
				case "value" -> new Session("a", 1);
				case "several" -> List.of(new Session("b", 2), new Session("c", 3));
				case "message" -> MessageBuilder.withPayload(new Session("d", 4)).build();
				case "own" ->
					MessageBuilder.withPayload(new Session("e", 5)).setHeader(MessagingHeaders.GROUP, "own").build();
				default -> new Session(null, 6);
			};
		}

	}

}
