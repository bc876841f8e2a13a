package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.listener.ProcessorContainers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One consumer processes several messages at once, those of a message group one after the
 * other.
 */
class LaneTests {

	private static final List<String> GROUPS = List.of("a", "b", "c", "d");

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void groupsAreProcessedAtOnceAndEachInItsOrder() {
		sendGroups(25);
		Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
		AtomicInteger overlaps = new AtomicInteger();
		Script script = new Script((message) -> {
			AtomicInteger count = running.computeIfAbsent(message.getPayload().toString().substring(0, 1),
					(group) -> new AtomicInteger());
			if (count.incrementAndGet() > 1) {
				overlaps.incrementAndGet();
			}
			Flow.work(Duration.ofMillis(3));
			count.decrementAndGet();
		});
		application(script).run((context) -> {
			Flow.eventually().until(() -> script.completed().size() == 100);
			assertThat(script.mostRunning()).isEqualTo(4);
			assertThat(overlaps).hasValue(0);
			for (String group : GROUPS) {
				assertThat(completed(script, group)).containsExactlyElementsOf(numbers(group, 25));
			}
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
		});
	}

	@Test
	void messagesWithoutAGroupAreProcessedAtOnceAndShareATransaction() {
		this.client.sendText(Flow.QUEUE, 0, 40);
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(10)));
		int before = this.broker.commits();
		application(script).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).hasSize(40).doesNotHaveDuplicates();
			assertThat(script.mostRunning()).isEqualTo(4);
			assertThat(this.broker.commits() - before).isLessThan(20);
		});
	}

	@Test
	void failureHoldsItsGroupAndNoOther() {
		sendGroups(5);
		Map<Object, AtomicInteger> tries = new ConcurrentHashMap<>();
		Script script = new Script((message) -> {
			int attempt = tries.computeIfAbsent(message.getPayload(), (payload) -> new AtomicInteger())
				.incrementAndGet();
			if (message.getPayload().equals("a1") && attempt < 5 || message.getPayload().equals("b3") && attempt < 2) {
				throw new IllegalStateException("not yet");
			}
		});
		application(script).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			for (String group : GROUPS) {
				assertThat(completed(script, group).stream().distinct()).containsExactlyElementsOf(numbers(group, 5));
			}
			List<String> calls = script.calls().stream().map(Script.Call::payload).toList();
			assertThat(calls.indexOf("a2")).isGreaterThan(calls.lastIndexOf("a1"));
			assertThat(tries.get("a1")).hasValue(5);
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@Test
	void whatIsPublishedBelongsToTheMessage() {
		this.client.sendText(Flow.QUEUE, 0, 30);
		AtomicReference<MessagePublisher> publisher = new AtomicReference<>();
		Map<Object, AtomicInteger> tries = new ConcurrentHashMap<>();
		Script script = new Script((message) -> {
			publisher.get().publish("copies", "copy of " + message.getPayload());
			int attempt = tries.computeIfAbsent(message.getPayload(), (payload) -> new AtomicInteger())
				.incrementAndGet();
			if (message.getPayload().toString().endsWith("7") && attempt < 3) {
				throw new IllegalStateException("not yet");
			}
		});
		application(script)
			.withPropertyValues("messaging.destination.copies.queue=Copies",
					"messaging.processor.script.auto-startup=false")
			.run((context) -> {
				publisher.set(context.getBean(MessagePublisher.class));
				context.getBean(ProcessorContainers.class).start("script");
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(this.broker.depth("Copies")).isEqualTo(30);
				assertThat(this.broker.rollbacks()).isZero();
			});
	}

	@Test
	void failedMessagesAreDeadLettersOfTheirOwn() {
		this.client.sendText(Flow.QUEUE, 0, 40);
		Script script = new Script((message) -> {
			if (message.getPayload().toString().endsWith("5")) {
				throw new IllegalStateException("no");
			}
		});
		application(script)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 4);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.completed()).hasSize(36).doesNotHaveDuplicates();
				assertThat(script.calls()).hasSize(36 + 4 * 4);
			});
	}

	@Test
	void endOfTheContextLetsTheMessagesInWorkFinish() {
		this.client.sendText(Flow.QUEUE, 0, 12);
		CountDownLatch started = new CountDownLatch(4);
		Script script = new Script((message) -> {
			started.countDown();
			Flow.work(Duration.ofMillis(500));
		});
		application(script).run((context) -> assertThat(started.await(10, TimeUnit.SECONDS)).isTrue());
		assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(12 - script.completed().size());
		assertThat(script.completed()).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
	}

	private void sendGroups(int messages) {
		for (int i = 0; i < messages; i++) {
			for (String group : GROUPS) {
				String text = group + i;
				this.client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage(text);
					message.setStringProperty("JMSXGroupID", group);
					return message;
				});
			}
		}
	}

	private static List<String> completed(Script script, String group) {
		return script.completed().stream().filter((payload) -> payload.startsWith(group)).toList();
	}

	private static List<String> numbers(String group, int end) {
		return IntStream.range(0, end).mapToObj((i) -> group + i).toList();
	}

	private ApplicationContextRunner application(Script script) {
		return Flow.application(this.broker.url(), script).withPropertyValues("messaging.listener.lanes=4");
	}

}
