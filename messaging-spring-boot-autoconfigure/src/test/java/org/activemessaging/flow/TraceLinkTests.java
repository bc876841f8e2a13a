package org.activemessaging.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Further tries are linked to the earlier ones, and calls with several messages to all of
 * them.
 */
class TraceLinkTests {

	private static final String PUBLISH = "publish " + Flow.QUEUE;

	private static final String PROCESS = "process " + Flow.QUEUE;

	private final Spans spans = new Spans();

	private final TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void furtherTriesAreInTheTraceAndLinkedToTheLastOne() {
		Script script = Script.thatFails();
		// Two tries at once, and two after a delay.
		application(1, 1).withBean(Script.class, () -> script).run((context) -> {
			publisher(context).publish("orders", "text");
			List<SpanData> tries = this.spans.await(4, PROCESS);
			SpanData published = this.spans.one(PUBLISH);
			assertThat(tries).allSatisfy((span) -> {
				assertThat(span.getParentSpanId()).isEqualTo(published.getSpanId());
				assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
				assertThat(Spans.attribute(span, "error.type")).isEqualTo(IllegalStateException.class.getName());
			});
			assertThat(Spans.links(tries.get(0))).isEmpty();
			for (int i = 1; i < tries.size(); i++) {
				assertThat(Spans.links(tries.get(i))).containsExactly(tries.get(i - 1).getSpanId());
			}
		});
	}

	@Test
	void groupedMessageThatWentBackToTheBrokerIsLinkedToItsLastTry() {
		Script script = Script.thatFails();
		application(0, 2).withBean(Script.class, () -> script).run((context) -> {
			publisher(context).to("orders").group("g").publishAll(List.of("one", "two"));
			List<SpanData> tries = this.spans.await(6, PROCESS);
			for (SpanData published : this.spans.await(2, PUBLISH)) {
				List<SpanData> own = tries.stream()
					.filter((span) -> span.getParentSpanId().equals(published.getSpanId()))
					.toList();
				assertThat(own).hasSize(3);
				assertThat(own.subList(1, 3)).extracting((span) -> Spans.links(span))
					.containsExactly(List.of(own.get(0).getSpanId()), List.of(own.get(1).getSpanId()));
			}
		});
	}

	@Test
	void redriveBeginsATraceThatIsLinkedToTheOldOne() {
		AtomicInteger count = new AtomicInteger();
		Script script = new Script((message) -> {
			if (count.incrementAndGet() < 4) {
				throw new IllegalStateException("no");
			}
		});
		application(0, 1).withPropertyValues("messaging.operations.redrive.enabled=true")
			.withBean(Script.class, () -> script)
			.run((context) -> {
				publisher(context).publish("orders", "text");
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
				RedriveTests.redrive(context, null);
				List<SpanData> tries = this.spans.await(4, PROCESS);
				SpanData published = this.spans.one(PUBLISH);
				assertThat(tries.get(1).getTraceId()).isEqualTo(published.getTraceId());
				SpanData redriven = tries.get(2);
				assertThat(redriven.getTraceId()).isNotEqualTo(published.getTraceId());
				assertThat(redriven.getParentSpanId()).isEqualTo(SpanId.getInvalid());
				assertThat(Spans.links(redriven)).containsExactly(published.getSpanId(), tries.get(1).getSpanId());
				assertThat(tries.get(3).getTraceId()).isEqualTo(redriven.getTraceId());
				assertThat(tries.get(3).getParentSpanId()).isEqualTo(redriven.getSpanId());
				assertThat(script.completed()).containsExactly("text");
			});
	}

	@Test
	void callWithAWindowIsLinkedToEachOfItsMessages() {
		Windows windows = new Windows(false);
		application(0, 0).withBean(Windows.class, () -> windows).run((context) -> {
			publisher(context).to("orders").publishAll(texts(30));
			Flow.eventually().until(() -> windows.seen.size() == 30);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			List<SpanData> calls = this.spans.named(PROCESS)
				.stream()
				.filter((span) -> Spans.attribute(span, "messaging.batch.message_count") != null)
				.toList();
			assertThat(calls).isNotEmpty().allSatisfy((span) -> {
				assertThat(span.getParentSpanId()).isEqualTo(SpanId.getInvalid());
				assertThat(Spans.links(span)).doesNotHaveDuplicates()
					.hasSize(Integer.parseInt(Spans.attribute(span, "messaging.batch.message_count")))
					.isSubsetOf(this.spans.named(PUBLISH).stream().map(SpanData::getSpanId).toList());
			});
		});
	}

	@Test
	void messagesOfAWindowThatFailsAreTriedInTheirOwnTraces() {
		Windows windows = new Windows(true);
		application(0, 0).withBean(Windows.class, () -> windows).run((context) -> {
			publisher(context).to("orders").publishAll(texts(12));
			Flow.eventually().until(() -> windows.seen.size() == 12);
			List<SpanData> all = this.spans.named(PROCESS);
			SpanData call = all.stream().filter((span) -> span.getLinks().size() > 1).findFirst().orElseThrow();
			assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			List<SpanData> alone = all.stream()
				.filter((span) -> Spans.links(span).equals(List.of(call.getSpanId())))
				.toList();
			assertThat(alone).extracting(SpanData::getParentSpanId)
				.containsExactlyInAnyOrderElementsOf(Spans.links(call));
		});
	}

	private ApplicationContextRunner application(int immediate, int delayed) {
		return this.spans.of(Flow.application(this.broker.url()))
			.withPropertyValues("messaging.listener.redelivery.immediate=" + immediate,
					"messaging.listener.redelivery.delayed=" + delayed);
	}

	private static MessagePublisher publisher(ApplicationContext context) {
		return context.getBean(MessagePublisher.class);
	}

	private static List<String> texts(int count) {
		return IntStream.range(0, count).mapToObj(String::valueOf).toList();
	}

	/**
	 * A processor that takes windows.
	 */
	@Processor
	static class Windows {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private final boolean onlyOne;

		Windows(boolean onlyOne) {
			this.onlyOne = onlyOne;
		}

		@SubscribesTo("orders")
		void onMessages(List<String> texts) {
			if (this.onlyOne && texts.size() > 1) {
				throw new IllegalStateException("too many");
			}
			this.seen.addAll(texts);
		}

	}

}
