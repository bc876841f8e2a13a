package org.activemessaging.flow;

import java.net.URI;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageRequester;
import org.activemessaging.NoReplyException;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingObservationAutoConfiguration;
import org.activemessaging.fault.FaultProxy;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.MessageFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requests and their replies, from both sides.
 */
class RequestFlowTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private TestBroker broker;

	@BeforeEach
	void startBroker() {
		this.broker = TestBroker.start();
	}

	@AfterEach
	void stopBroker() {
		this.broker.close();
	}

	@Test
	void replyIsConverted() {
		application().withBean(Quotes.class).run((context) -> {
			MessageRequester requester = context.getBean(MessageRequester.class);
			assertThat(requester.request("orders", new Order("tea", 3), Quote.class)).isEqualTo(new Quote("tea", 12));
			CompletableFuture<Quote> later = requester.requestAsync("orders", new Order("milk", 1), Quote.class);
			assertThat(later.get(20, TimeUnit.SECONDS)).isEqualTo(new Quote("milk", 4));
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> requester.request("orders", new Order("tea", 3), Integer.class));
		});
	}

	@Test
	void manyRequestsAtOnceGetTheirOwnReplies() {
		application().withBean(Quotes.class).withPropertyValues("messaging.listener.concurrency=4").run((context) -> {
			MessageRequester requester = context.getBean(MessageRequester.class);
			List<CompletableFuture<Quote>> replies = new CopyOnWriteArrayList<>();
			for (int i = 0; i < 100; i++) {
				replies.add(requester.requestAsync("orders", new Order("item " + i, i), Quote.class));
			}
			for (int i = 0; i < 100; i++) {
				assertThat(replies.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(new Quote("item " + i, 4 * i));
			}
		});
	}

	@Test
	void requestInAProcessorIsAnsweredBeforeItsTransactionEnds() {
		application().withBean(Quotes.class)
			.withBean(Shop.class)
			.withPropertyValues("messaging.destination.shop.queue=Shop")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("shop", "tea");
				Shop shop = context.getBean(Shop.class);
				Flow.eventually().until(() -> shop.quotes.size() == 1);
				assertThat(shop.quotes).containsExactly(new Quote("tea", 4));
			});
	}

	@Test
	void replyLeavesWithTheTransactionOfItsRequest() {
		AtomicInteger tries = new AtomicInteger();
		application().withBean(FailingOnce.class, () -> new FailingOnce(tries)).run((context) -> {
			assertThat(context.getBean(MessageRequester.class).request("orders", "x", String.class)).isEqualTo("try 2");
			assertThat(tries).hasValue(2);
		});
	}

	@Test
	void requestThatNobodyTakesInTimeIsWorkForNobody() {
		application().run((context) -> {
			assertThatExceptionOfType(NoReplyException.class)
				.isThrownBy(() -> context.getBean(MessageRequester.class)
					.to("orders")
					.timeout(Duration.ofMillis(500))
					.request("expired", String.class))
				.withMessageContaining("'orders'")
				.withMessageContaining("500 ms");
			Script script = Script.thatSucceeds();
			Flow.application(this.broker.url(), script).run((other) -> {
				other.getBean(MessagePublisher.class).publish("orders", "alive");
				Flow.eventually().until(() -> script.completed().contains("alive"));
				assertThat(script.completed()).containsExactly("alive");
			});
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@Test
	void lateReplyIsCounted() {
		application().withConfiguration(AutoConfigurations.of(MessagingObservationAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("messaging.request.instance=me")
			.run((context) -> {
				CompletableFuture<String> reply = context.getBean(MessageRequester.class)
					.to("orders")
					.timeout(LONG)
					.requestAsync("question", String.class);
				try (PlainClient client = this.broker.client()) {
					Message request = client.receive(Flow.QUEUE);
					answer(client, "REPLY.voyeur.me", request, "in time");
					assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("in time");
					answer(client, "REPLY.voyeur.me", request, "late");
				}
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				Flow.eventually()
					.ignoreExceptions()
					.until(() -> meters.get("messaging.replies.late").counter().count() == 1);
				assertThat(meters.get("messaging.request").tag("outcome", "success").timer().count()).isEqualTo(1);
			});
	}

	private static void answer(PlainClient client, String queue, Message request, String text) {
		client.send(queue, (session) -> {
			TextMessage answer = session.createTextMessage(text);
			answer.setJMSCorrelationID(request.getJMSCorrelationID());
			return answer;
		});
	}

	@Test
	void filtersOfTheDestinationAreAroundBothWays() {
		MessageFilter filter = (message, routing, chain) -> {
			String text = (String) message.getPayload();
			chain.proceed(MessageBuilder
				.withPayload((routing.direction() == Direction.OUTBOUND) ? "sealed:" + text : text.substring(7))
				.copyHeaders(message.getHeaders())
				.build());
		};
		application().withBean(MessageFilter.class, () -> filter).withBean(Echo.class).run((context) -> {
			assertThat(context.getBean(MessageRequester.class).request("orders", "x", String.class)).isEqualTo("got x");
			assertThat(context.getBean(Echo.class).seen).containsExactly("x");
		});
	}

	@Test
	void headerThatAFilterAddsToAReplyIsCheckedAsToAnyMessage() {
		MessageFilter filter = (message, routing, chain) -> chain
			.proceed(message.getPayload().toString().startsWith("got")
					? MessageBuilder.fromMessage(message).setHeader("note", "a\nJMSReplyTo:b").build() : message);
		application().withBean(MessageFilter.class, () -> filter)
			.withBean(Echo.class)
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				assertThatExceptionOfType(NoReplyException.class)
					.isThrownBy(() -> context.getBean(MessageRequester.class)
						.to("orders")
						.timeout(Duration.ofSeconds(3))
						.request("x", String.class));
				assertThat(this.broker.deadLetters()).hasSize(1);
			});
	}

	@Test
	void cloudEventIsRepliedAsOne() {
		application().withBean(Events.class)
			.run((context) -> assertThat(
					context.getBean(MessageRequester.class).request("orders", "e-7", CloudEvent.class))
				.isEqualTo(Events.event("e-7")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "REPLY.ruby.1", "Answers" })
	void plainClientIsAnsweredWhereItMayAskFor(String queue) throws Exception {
		application().withBean(Echo.class)
			.withPropertyValues("messaging.destination.answers.queue=Answers")
			.run((context) -> {
				try (PlainClient client = this.broker.client()) {
					Message request = client.send(Flow.QUEUE, (session) -> {
						TextMessage message = session.createTextMessage("x");
						message.setJMSReplyTo(session.createQueue(queue));
						return message;
					});
					Message answer = client.receive(queue);
					assertThat(((TextMessage) answer).getText()).isEqualTo("got x");
					assertThat(answer.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
				}
			});
	}

	@Test
	void temporaryQueueIsAnsweredAndOneThatIsGoneDoesNotHarm() {
		application().withBean(Echo.class).run((context) -> {
			try (PlainClient client = this.broker.client()) {
				TemporaryQueue replies = client.session().createTemporaryQueue();
				MessageConsumer consumer = client.session().createConsumer(replies);
				ask(client, replies);
				assertThat(((TextMessage) consumer.receive(20_000)).getText()).isEqualTo("got x");
				consumer.close();
				replies.delete();
				ask(client, replies);
			}
			Echo echo = context.getBean(Echo.class);
			Flow.eventually().until(() -> echo.seen.size() >= 2);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(echo.seen).hasSize(2);
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@Test
	void otherQueueIsNotWrittenToAndTheMessageIsDone() {
		application().withBean(Echo.class).run((context) -> {
			try (PlainClient client = this.broker.client(); LogRecorder log = new LogRecorder()) {
				ask(client, client.session().createQueue("Payroll"));
				ask(client, client.session().createTopic("REPLY.news"));
				Echo echo = context.getBean(Echo.class);
				Flow.eventually().until(() -> echo.seen.size() == 2);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(this.broker.depth("Payroll")).isZero();
				assertThat(log.complaints()).isEqualTo(1);
			}
		});
	}

	private static void ask(PlainClient client, jakarta.jms.Destination replyTo) {
		client.send(Flow.QUEUE, (session) -> {
			TextMessage message = session.createTextMessage("x");
			message.setJMSReplyTo(replyTo);
			return message;
		});
	}

	@Test
	void replyComesAlthoughTheConnectionWasLostMeanwhile() {
		try (FaultProxy line = new FaultProxy(URI.create(this.broker.url()).getPort())) {
			Flow.application("tcp://localhost:" + line.port())
				.withPropertyValues("messaging.request.instance=me")
				.run((context) -> {
					CompletableFuture<String> reply = context.getBean(MessageRequester.class)
						.to("orders")
						.timeout(LONG)
						.requestAsync("question", String.class);
					try (PlainClient client = this.broker.client()) {
						Message request = client.receive(Flow.QUEUE);
						line.cut();
						answer(client, "REPLY.voyeur.me", request, "still");
					}
					assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("still");
				});
		}
	}

	@Test
	void brokerThatIsNotThereIsToldInTime() {
		Flow.application("tcp://localhost:" + BrokerProcess.freePort()).run((context) -> {
			MessageRequester requester = context.getBean(MessageRequester.class);
			long start = System.nanoTime();
			assertThatExceptionOfType(NoReplyException.class)
				.isThrownBy(() -> requester.to("orders").timeout(Duration.ofMillis(500)).request("x", String.class))
				.withMessageContaining("no connection");
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> requester.to("orders")
					.timeout(Duration.ofMillis(500))
					.requestAsync("x", String.class)
					.get(5, TimeUnit.SECONDS))
				.withCauseInstanceOf(NoReplyException.class);
			assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(6));
		});
	}

	@Test
	void queueForRepliesIsGoneWithTheApplication() {
		application().withBean(Echo.class).withPropertyValues("messaging.request.instance=me").run((context) -> {
			context.getBean(MessageRequester.class).request("orders", "x", String.class);
			assertThat(this.broker.queues()).contains("REPLY.voyeur.me");
		});
		assertThat(this.broker.queues()).doesNotContain("REPLY.voyeur.me");
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		application().run((context) -> {
			MessageRequester requester = context.getBean(MessageRequester.class);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> requester.to("orders").headers(Map.of("correlation-id", "mine")))
				.withMessageContaining("correlation id of its own");
			assertThatIllegalArgumentException().isThrownBy(() -> requester.to("orders").timeout(Duration.ZERO))
				.withMessageContaining("at least a millisecond");
		});
		application().withPropertyValues("messaging.request.instance=a.b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("messaging.request.instance")
				.hasMessageContaining("a.b"));
		application().withPropertyValues("messaging.request.timeout=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("messaging.request.timeout"));
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url());
	}

	record Order(String item, int count) {
	}

	record Quote(String item, int price) {
	}

	@Processor("quotes")
	static class Quotes {

		@SubscribesTo("orders")
		Quote quote(Order order) {
			return new Quote(order.item(), 4 * order.count());
		}

	}

	@Processor("shop")
	static class Shop {

		private final List<Quote> quotes = new CopyOnWriteArrayList<>();

		private final MessageRequester requester;

		Shop(MessageRequester requester) {
			this.requester = requester;
		}

		@SubscribesTo("shop")
		void onItem(String item) {
			this.quotes.add(this.requester.request("orders", new Order(item, 1), Quote.class));
		}

	}

	@Processor("echo")
	static class Echo {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		String onText(String text) {
			this.seen.add(text);
			return "got " + text;
		}

	}

	@Processor("events")
	static class Events {

		@SubscribesTo("orders")
		CloudEvent onText(String id) {
			return event(id);
		}

		static CloudEvent event(String id) {
			return CloudEventBuilder.v1()
				.withId(id)
				.withSource(URI.create("/shop"))
				.withType("order.placed")
				.withDataContentType("text/plain")
				.withData("tea".getBytes(StandardCharsets.UTF_8))
				.build();
		}

	}

	@Processor("failing")
	static class FailingOnce {

		private final AtomicInteger tries;

		FailingOnce(AtomicInteger tries) {
			this.tries = tries;
		}

		@SubscribesTo("orders")
		String onText(String text) throws JMSException {
			if (this.tries.incrementAndGet() == 1) {
				throw new JMSException("once more");
			}
			return "try " + this.tries;
		}

	}

}
