package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;
import org.activemessaging.MessageRequester;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.NoReplyException;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingObservationAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is received and what is requested is counted and traced as what is processed.
 */
class ReceiveObservationTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final String RECEIVE = "receive " + Flow.QUEUE;

	private final Spans spans = new Spans();

	private final TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void callsAreTimedByTheirOutcome() {
		metered().run((context) -> {
			MessageReceiver receiver = context.getBean(MessageReceiver.class);
			publish(context, "one", "two", "three", "no number");
			assertThat(receiver.receive("orders", LONG, String.class)).isPresent();
			assertThat(receiver.receive("orders", LONG, String.class, (message) -> {
			})).isTrue();
			assertThatExceptionOfType(RejectMessageException.class)
				.isThrownBy(() -> receiver.receive("orders", LONG, String.class, (message) -> {
					throw new RejectMessageException("no");
				}));
			// Its only message cannot be read.
			assertThat(receiver.receive("orders", Duration.ofMillis(500), Integer.class)).isEmpty();
			assertThat(receives(context, "success").count()).isEqualTo(2);
			assertThat(receives(context, "failure").count()).isEqualTo(1);
			assertThat(receives(context, "empty").count()).isEqualTo(1);
			assertThat(receives(context, "empty").totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(490);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("messaging.wait").tags("destination", "orders", "processor", "none").timer().count())
				.isEqualTo(2);
			assertThat(
					meters.get("messaging.dead.letters").tag("exception", "RejectMessageException").counter().count())
				.isEqualTo(1);
			assertThat(meters.get("messaging.dead.letters")
				.tag("exception", "UnconvertibleMessageException")
				.counter()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void groupOfAVirtualTopicIsATag() {
		metered().withPropertyValues("messaging.destination.clicks.virtual-topic=Clicks").run((context) -> {
			context.getBean(MessageReceiver.class).from("clicks").group("billing").receive(Duration.ZERO, String.class);
			assertThat(context.getBean(MeterRegistry.class)
				.get("messaging.receive")
				.tags("broker", "default", "destination", "clicks", "group", "billing", "processor", "none", "outcome",
						"empty")
				.timer()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void traceOfAMessageGoesOnInItsHandler() {
		traced().run((context) -> {
			Spans.request(context, "request", () -> publish(context, "text"));
			Spans.request(context, "job",
					() -> context.getBean(MessageReceiver.class).receive("orders", LONG, String.class, (message) -> {
						assertThat(Span.current().getSpanContext().getTraceId())
							.isEqualTo(this.spans.one("request").getTraceId());
						context.getBean(MessagePublisher.class).publish("next", "text");
					}));
			SpanData received = this.spans.one(RECEIVE);
			SpanData published = this.spans.one("publish " + Flow.QUEUE);
			assertThat(received.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(received.getParentSpanId()).isEqualTo(published.getSpanId());
			assertThat(received.getLinks()).isEmpty();
			assertThat(this.spans.one("publish Next").getParentSpanId()).isEqualTo(received.getSpanId());
			assertThat(Spans.attribute(received, "messaging.operation.type")).isEqualTo("receive");
			assertThat(Spans.attribute(received, "messaging.message.id"))
				.isEqualTo(Spans.attribute(published, "messaging.message.id"));
		});
	}

	@Test
	void messageThatIsReturnedIsLinkedToTheTraceItCameFrom() {
		traced().run((context) -> {
			Spans.request(context, "request", () -> publish(context, "one", "two"));
			MessageReceiver receiver = context.getBean(MessageReceiver.class);
			Spans.request(context, "job", () -> receiver.receive("orders", LONG, String.class));
			receiver.receive("orders", LONG, String.class);
			List<SpanData> received = this.spans.await(2, RECEIVE);
			List<SpanData> published = this.spans.await(2, "publish " + Flow.QUEUE);
			SpanData job = this.spans.one("job");
			assertThat(received.get(0).getParentSpanId()).isEqualTo(job.getSpanId());
			assertThat(received.get(0).getTraceId()).isEqualTo(job.getTraceId());
			assertThat(Spans.links(received.get(0))).containsExactly(published.get(0).getSpanId());
			assertThat(received.get(1).getParentSpanId()).isEqualTo(SpanId.getInvalid());
			assertThat(Spans.links(received.get(1))).containsExactly(published.get(1).getSpanId());
		});
	}

	@Test
	void deadLetterKnowsTheTryThatFailed() {
		traced().run((context) -> {
			publish(context, "text");
			MessageReceiver receiver = context.getBean(MessageReceiver.class);
			assertThatIllegalStateException()
				.isThrownBy(() -> receiver.receive("orders", LONG, String.class, (message) -> {
					throw new IllegalStateException("not yet");
				}));
			assertThatExceptionOfType(RejectMessageException.class)
				.isThrownBy(() -> receiver.receive("orders", LONG, String.class, (message) -> {
					throw new RejectMessageException("no");
				}));
			List<SpanData> received = this.spans.await(2, RECEIVE);
			assertThat(received).extracting((span) -> span.getStatus().getStatusCode()).containsOnly(StatusCode.ERROR);
			try (PlainClient client = this.broker.client()) {
				Message letter = client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getStringProperty(MessagingHeaders.FAILED_TRACE))
					.contains(received.get(1).getSpanId());
			}
		});
	}

	@Test
	void requestIsASpanAroundItsPublicationAndItsReply() {
		traced().withBean("echo", Echo.class).run((context) -> {
			MessageRequester requester = context.getBean(MessageRequester.class);
			// Before the queue of replies is there, it is published by another thread.
			CompletableFuture<?>[] reply = new CompletableFuture<?>[1];
			Spans.request(context, "first", () -> reply[0] = requester.requestAsync("questions", "one", String.class));
			assertThat(reply[0].get(20, TimeUnit.SECONDS)).isEqualTo("one!");
			Spans.request(context, "second", () -> requester.request("questions", "two", String.class));
			List<SpanData> requests = this.spans.await(2, "request Questions");
			List<SpanData> published = this.spans.await(2, "publish Questions");
			List<SpanData> processed = this.spans.await(2, "process Questions");
			assertThat(requests).extracting(SpanData::getParentSpanId)
				.containsExactly(this.spans.one("first").getSpanId(), this.spans.one("second").getSpanId());
			for (int i = 0; i < 2; i++) {
				assertThat(published.get(i).getParentSpanId()).isEqualTo(requests.get(i).getSpanId());
				assertThat(processed.get(i).getParentSpanId()).isEqualTo(published.get(i).getSpanId());
			}
		});
	}

	@Test
	void requestWithoutAReplyIsATimeout() {
		this.spans.of(metered()).run((context) -> {
			assertThatExceptionOfType(NoReplyException.class).isThrownBy(() -> context.getBean(MessageRequester.class)
				.to("orders")
				.timeout(Duration.ofMillis(200))
				.request("question", String.class));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			Flow.eventually()
				.ignoreExceptions()
				.until(() -> meters.get("messaging.request").tag("outcome", "timeout").timer().count() == 1);
			assertThat(meters.get("messaging.request").timers()).hasSize(1);
			SpanData request = this.spans.one("request " + Flow.QUEUE);
			assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(Spans.attribute(request, "error.type")).isEqualTo(NoReplyException.class.getName());
		});
	}

	private ApplicationContextRunner metered() {
		return Flow.application(this.broker.url())
			.withConfiguration(AutoConfigurations.of(MessagingObservationAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
	}

	private ApplicationContextRunner traced() {
		return this.spans.of(Flow.application(this.broker.url()))
			.withPropertyValues("messaging.destination.next.queue=Next",
					"messaging.destination.questions.queue=Questions");
	}

	private static void publish(ApplicationContext context, String... payloads) {
		for (String payload : payloads) {
			context.getBean(MessagePublisher.class).publish("orders", payload);
		}
	}

	private static Timer receives(ApplicationContext context, String outcome) {
		return context.getBean(MeterRegistry.class)
			.get("messaging.receive")
			.tags("broker", "default", "destination", "orders", "group", "none", "processor", "none", "outcome",
					outcome)
			.timer();
	}

	@Processor
	static class Echo {

		@SubscribesTo("questions")
		String onQuestion(String question) {
			return question + "!";
		}

	}

}
