package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A trace goes on from who publishes to who processes, with each message its own.
 */
class TracingTests {

	private static final String PUBLISH = "publish " + Flow.QUEUE;

	private static final String PROCESS = "process " + Flow.QUEUE;

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private final Spans spans = new Spans();

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void oneTraceLeadsFromARequestThroughTwoProcessors() {
		application(Script.thatSucceeds()).withBean(Chain.class).run((context) -> {
			Spans.request(context, "request", () -> publisher(context).publish("first", "text"));
			SpanData last = this.spans.one("process Second");
			SpanData second = this.spans.one("publish Second");
			SpanData first = this.spans.one("process First");
			SpanData published = this.spans.one("publish First");
			SpanData request = this.spans.one("request");
			assertThat(List.of(last, second, first, published)).extracting(SpanData::getParentSpanId)
				.containsExactly(second.getSpanId(), first.getSpanId(), published.getSpanId(), request.getSpanId());
			assertThat(List.of(last, second, first, published)).extracting(SpanData::getTraceId)
				.containsOnly(request.getTraceId());
			assertThat(published.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(first.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(first.getLinks()).isEmpty();
			assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
			assertThat(Spans.attribute(first, "messaging.message.id")).isNotNull()
				.isEqualTo(Spans.attribute(published, "messaging.message.id"));
		});
	}

	@Test
	void eachMessageHasTheContextOfItsCallerHoweverItIsSent() {
		Script script = Script.thatSucceeds();
		application(script).run((context) -> {
			ExecutorService executor = Executors.newFixedThreadPool(8);
			try {
				for (int i = 0; i < 40; i++) {
					String name = "r" + i;
					executor.execute(() -> Spans.request(context, name, () -> {
						publisher(context).publish("orders", name + "a");
						publisher(context).to("orders").publishAsync(name + "b");
						publisher(context).to("orders").publishAll(List.of(name + "c", name + "d"));
					}));
				}
				Flow.eventually().until(() -> script.completed().size() == 160);
			}
			finally {
				executor.shutdownNow();
			}
			assertEachIsOfItsRequest(script, this.spans.await(160, PROCESS));
			assertThat(this.spans.await(160, PUBLISH)).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
		});
	}

	@Test
	void messagesThatAreProcessedAtOnceHaveTheirOwnContexts() {
		Script script = new Script((message) -> {
			Flow.work(Duration.ofMillis(5));
			assertThat(String.valueOf(message.getHeaders().get("traceparent")))
				.contains(Span.current().getSpanContext().getTraceId());
		});
		application(script).withPropertyValues("messaging.processor.script.lanes=4").run((context) -> {
			for (int i = 0; i < 20; i++) {
				String name = "r" + i;
				Spans.request(context, name, () -> publisher(context).publish("orders", name + "a"));
			}
			assertEachIsOfItsRequest(script, this.spans.await(20, PROCESS));
		});
	}

	private void assertEachIsOfItsRequest(Script script, List<SpanData> processed) {
		assertThat(processed).hasSameSizeAs(script.calls());
		Map<String, SpanData> byParent = new ConcurrentHashMap<>();
		processed.forEach((span) -> assertThat(byParent.put(span.getParentSpanId(), span)).isNull());
		for (Script.Call call : script.calls()) {
			String traceparent = String.valueOf(call.message().getHeaders().get("traceparent"));
			SpanData request = this.spans.one(call.payload().replaceAll("[a-d]$", ""));
			assertThat(traceparent).startsWith("00-" + request.getTraceId() + "-");
			assertThat(byParent.get(traceparent.substring(36, 52)).getTraceId()).isEqualTo(request.getTraceId());
		}
	}

	@Test
	void delayedMessageHasTheContextOfItsCaller() {
		application(Script.thatSucceeds()).run((context) -> {
			Spans.request(context, "request",
					() -> publisher(context).to("orders").delay(Duration.ofMillis(300)).publish("later"));
			assertThat(this.spans.one(PROCESS).getParentSpanId()).isEqualTo(this.spans.one(PUBLISH).getSpanId());
			assertThat(this.spans.one(PROCESS).getTraceId()).isEqualTo(this.spans.one("request").getTraceId());
		});
	}

	@Test
	void messageOfAnOutboxHasTheContextOfItsCaller() {
		try (Database database = Database.h2()) {
			application(Script.thatSucceeds())
				.withConfiguration(AutoConfigurations.of(MessagingJdbcAutoConfiguration.class,
						DataSourceTransactionManagerAutoConfiguration.class))
				.withInitializer(
						(context) -> context.getBeanFactory().registerSingleton("dataSource", database.dataSource()))
				.withPropertyValues("messaging.jdbc.initialize-schema=always", "messaging.outbox.enabled=true")
				.run((context) -> {
					TransactionTemplate transaction = new TransactionTemplate(
							context.getBean(PlatformTransactionManager.class));
					for (String name : List.of("one", "two")) {
						Spans.request(context, name, () -> transaction
							.executeWithoutResult((status) -> publisher(context).publish("orders", name)));
					}
					assertThat(this.spans.await(2, PROCESS)).extracting(SpanData::getTraceId)
						.containsExactlyInAnyOrder(this.spans.one("one").getTraceId(),
								this.spans.one("two").getTraceId());
					assertThat(this.spans.await(2, PUBLISH)).extracting(SpanData::getSpanId)
						.containsExactlyInAnyOrderElementsOf(
								this.spans.named(PROCESS).stream().map(SpanData::getParentSpanId).toList());
				});
		}
	}

	@Test
	void messageWithoutAValidContextBeginsATrace() {
		application(Script.thatSucceeds()).run((context) -> {
			this.client.sendText(Flow.QUEUE, "none");
			for (String traceparent : List.of("no traceparent", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01",
					"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
					"00-" + TRACE + "-b7ad6b7169203331-01-x")) {
				this.client.send(Flow.QUEUE, "not valid", Map.of("traceparent", traceparent));
			}
			List<SpanData> processed = this.spans.await(5, PROCESS);
			assertThat(processed).extracting(SpanData::getTraceId).doesNotHaveDuplicates().doesNotContain(TRACE);
			assertThat(processed).allSatisfy((span) -> {
				assertThat(span.getParentSpanId()).isEqualTo(SpanId.getInvalid());
				assertThat(Spans.attribute(span, "messaging.message.id")).startsWith("ID:");
			});
		});
	}

	@Test
	void contextOfAnotherClientIsGoneOnWith() {
		application(Script.thatSucceeds()).run((context) -> {
			this.client.send(Flow.QUEUE, "text",
					Map.of("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01", "tracestate", "congo=t61rcWkgMzE"));
			SpanData span = this.spans.one(PROCESS);
			assertThat(span.getTraceId()).isEqualTo(TRACE);
			assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
			assertThat(span.getSpanContext().getTraceState().get("congo")).isEqualTo("t61rcWkgMzE");
		});
	}

	@Test
	void headersOfAReceivedMessageDoNotTakeItsContextAlong() {
		application(Script.thatSucceeds()).withBean(Copying.class).run((context) -> {
			this.client.send("First", "text",
					Map.of("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01", "tracestate", "congo=1"));
			TextMessage copy = (TextMessage) this.client.receive(Flow.QUEUE + "2");
			SpanData publish = this.spans.one("publish " + Flow.QUEUE + "2");
			assertThat(copy.getStringProperty("traceparent"))
				.isEqualTo("00-" + TRACE + "-" + publish.getSpanId() + "-01");
			assertThat(copy.getStringProperty("tracestate")).isEqualTo("congo=1");
		});
	}

	@Test
	void stateOfAnotherTraceIsLeftBehind() {
		Script script = Script.thatSucceeds();
		application(script).run((context) -> {
			publisher(context).to("orders")
				.header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
				.header("tracestate", "congo=1")
				.publish("text");
			SpanData publish = this.spans.one(PUBLISH);
			Flow.eventually().until(() -> script.completed().size() == 1);
			assertThat(script.calls().get(0).message().getHeaders()).doesNotContainKey("tracestate")
				.extractingByKey("traceparent")
				.asString()
				.startsWith("00-" + publish.getTraceId() + "-" + publish.getSpanId());
			assertThat(publish.getTraceId()).isNotEqualTo(TRACE);
		});
	}

	@Test
	void baggageOfACallerCanNeitherChangeHowAMessageIsSentNorAddALine() {
		application(Script.thatSucceeds()).withBean(Chain.class)
			.withPropertyValues("management.tracing.baggage.remote-fields=priority,am_id,tenant,JMSXGroupID,city",
					"messaging.destination.first.queue=First", "messaging.processor.second.auto-startup=false")
			.run((context) -> {
				this.client.send("First", "text", Map.of("baggage",
						"priority=9,am_id=forged,tenant=a%0D%0Aam_attempt%3A7,JMSXGroupID=group,city=Ulm"));
				TextMessage sent = (TextMessage) this.client.receive("Second");
				assertThat(sent.getJMSPriority()).isEqualTo(4);
				assertThat(sent.getStringProperty("am_id")).isNotNull().isNotEqualTo("forged");
				assertThat(sent.getStringProperty("JMSXGroupID")).isNull();
				assertThat(sent.propertyExists("tenant")).isFalse();
				assertThat(sent.getStringProperty("city")).isEqualTo("Ulm");
				assertThat(sent.getStringProperty("baggage")).contains("tenant=a%0D%0Aam_attempt:7")
					.matches("\\P{Cntrl}+");
			});
	}

	@Test
	void failedPublicationIsAFailedSpan() {
		application(Script.thatSucceeds()).run((context) -> {
			this.broker.forbid(Flow.QUEUE);
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> publisher(context).publish("orders", "text"));
			assertThat(publisher(context).to("orders").publishAsync("text")).failsWithin(20, TimeUnit.SECONDS);
			List<SpanData> published = this.spans.await(2, PUBLISH);
			assertThat(published).extracting((span) -> span.getStatus().getStatusCode()).containsOnly(StatusCode.ERROR);
			assertThat(published).extracting((span) -> Spans.attribute(span, "error.type"))
				.allMatch((type) -> type.startsWith("org.activemessaging.Publish"));
		});
	}

	@Test
	void callOfAProcessorInTheThreadOfThePublicationIsItsChild() {
		application(Script.thatSucceeds())
			.withPropertyValues("messaging.broker.default.adapter=memory",
					"messaging.broker.default.url=memory://traced",
					"messaging.broker.default.properties.delivery=synchronous")
			.run((context) -> {
				publisher(context).publish("orders", "text");
				assertThat(this.spans.one(PROCESS).getParentSpanId()).isEqualTo(this.spans.one(PUBLISH).getSpanId());
			});
	}

	@Test
	void groupOfAVirtualTopicIsNamed() {
		application(Script.thatSucceeds()).withBean(Reader.class)
			.withPropertyValues("messaging.destination.news.virtual-topic=News")
			.run((context) -> {
				publisher(context).to("news").group("g").correlationId("c").publish("text");
				SpanData processed = this.spans.one("process VirtualTopic.News");
				assertThat(processed.getParentSpanId())
					.isEqualTo(this.spans.one("publish VirtualTopic.News").getSpanId());
				Map.of("messaging.consumer.group.name", "voyeur", "messaging.destination.name", "VirtualTopic.News",
						"messaging.destination.subscription.name", "Consumer.voyeur.VirtualTopic.News",
						"activemessaging.destination", "news", "activemessaging.processor", "reader",
						"activemessaging.broker", "default", "messaging.system", "activemq",
						"messaging.message.conversation_id", "c", "activemessaging.message.group", "g")
					.forEach((name, value) -> assertThat(Spans.attribute(processed, name)).as(name).isEqualTo(value));
			});
	}

	private ApplicationContextRunner application(Script script) {
		return this.spans.of(Flow.application(this.broker.url(), script))
			.withPropertyValues("messaging.destination.first.queue=First", "messaging.destination.second.queue=Second",
					"messaging.destination.copies.queue=" + Flow.QUEUE + "2");
	}

	private static MessagePublisher publisher(ApplicationContext context) {
		return context.getBean(MessagePublisher.class);
	}

	/**
	 * A processor that publishes to another one.
	 */
	@Processor
	static class Chain {

		private final MessagePublisher publisher;

		Chain(MessagePublisher publisher) {
			this.publisher = publisher;
		}

		@SubscribesTo("first")
		void first(String text) {
			this.publisher.publish("second", text);
		}

		@SubscribesTo(value = "second", id = "second")
		void second(String text) {
		}

	}

	/**
	 * A processor of a virtual topic.
	 */
	@Processor
	static class Reader {

		@SubscribesTo(value = "news", id = "reader")
		void onMessage(String text) {
		}

	}

	/**
	 * A processor that publishes what it has received, with all headers.
	 */
	@Processor
	static class Copying {

		private final MessagePublisher publisher;

		Copying(MessagePublisher publisher) {
			this.publisher = publisher;
		}

		@SubscribesTo("first")
		void first(Message<String> message) {
			this.publisher.to("copies").headers(message.getHeaders()).publish(message.getPayload());
		}

	}

}
