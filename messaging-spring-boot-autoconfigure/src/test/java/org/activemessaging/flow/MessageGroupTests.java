package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.jms.Message;
import org.activemessaging.RejectMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of one message group are processed one after the other, in order, failures
 * included.
 */
class MessageGroupTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10 })
	void failingMessageHoldsItsGroupUntilItIsDone(int window) {
		Map<Object, AtomicInteger> tries = new ConcurrentHashMap<>();
		Script script = new Script((message) -> {
			int number = tries.computeIfAbsent(message.getPayload(), (payload) -> new AtomicInteger())
				.incrementAndGet();
			if (message.getPayload().equals("a3") && number < 6 || message.getPayload().equals("b2") && number < 3) {
				throw new IllegalStateException("not yet");
			}
		});
		application(script, window).run((context) -> {
			for (int i = 0; i < 8; i++) {
				send("a", "a" + i);
				send("b", "b" + i);
			}
			// Some are completed twice, when their transaction is rolled back for another
			// one.
			Flow.eventually().until(() -> Set.copyOf(script.completed()).size() == 16);
			assertThat(first(script, "a")).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7");
			assertThat(first(script, "b")).containsExactly("b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7");
			assertThat(tries.get("a3")).hasValue(6);
			// Once more if it shared a transaction that was rolled back for the other
			// group.
			assertThat(tries.get("b2")).satisfies((count) -> assertThat(count.get()).isBetween(3, 8));
			assertThat(script.calls().stream().map(Script.Call::payload).toList().indexOf("a4"))
				.isGreaterThan(lastCall(script, "a3"));
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.broker.queues()).allMatch((queue) -> this.broker.depth(queue) == 0);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10 })
	void groupGoesOnAfterItsMessageIsADeadLetter(int window) {
		Script script = new Script((message) -> {
			if (message.getPayload().equals("a1")) {
				throw new IllegalStateException("no");
			}
		});
		application(script, window)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=2")
			.run((context) -> {
				for (int i = 0; i < 4; i++) {
					send("a", "a" + i);
				}
				Flow.eventually().until(() -> script.completed().containsAll(List.of("a0", "a2", "a3")));
				assertThat(script.calls("a1")).hasSize(6);
				assertThat(Flow.between(script.calls("a1").get(1), script.calls("a1").get(2)))
					.isGreaterThanOrEqualTo(Duration.ofMillis(99));
				assertThat(Flow.between(script.calls("a1").get(3), script.calls("a1").get(4)))
					.isGreaterThanOrEqualTo(Duration.ofMillis(195));
				assertThat(first(script, "a")).containsExactly("a0", "a2", "a3");
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getIntProperty("am_attempt")).isEqualTo(6);
				assertThat(this.broker.deadLetters()).isEmpty();
			});
	}

	@Test
	void otherGroupsGoOnWithAnotherConsumer() {
		CountDownLatch healthy = new CountDownLatch(1);
		Script script = new Script((message) -> {
			if (message.getPayload().equals("a0") && healthy.getCount() > 0) {
				throw new IllegalStateException("not yet");
			}
		});
		application(script, 10)
			.withPropertyValues("messaging.listener.concurrency=2", "messaging.listener.redelivery.delayed=100")
			.run((context) -> {
				Flow.eventually().until(() -> consumers() == 2);
				send("a", "a0");
				Flow.eventually().until(() -> !script.calls("a0").isEmpty());
				for (int i = 0; i < 20; i++) {
					send("b" + i, "b" + i);
				}
				send("a", "a1");
				// Groups are dealt out to both consumers in turn; the one that is not
				// held goes on.
				Flow.eventually().until(() -> first(script, "b").size() >= 8);
				assertThat(first(script, "a")).isEmpty();
				healthy.countDown();
				Flow.eventually().until(() -> first(script, "b").size() == 20 && first(script, "a").size() == 2);
				assertThat(first(script, "a")).containsExactly("a0", "a1");
			});
	}

	@Test
	void messagesOfOneGroupNeverRunAtTheSameTime() {
		Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
		AtomicInteger overlaps = new AtomicInteger();
		Script script = new Script((message) -> {
			String group = (String) message.getHeaders().get("JMSXGroupID");
			AtomicInteger count = running.computeIfAbsent(group, (name) -> new AtomicInteger());
			if (count.incrementAndGet() > 1) {
				overlaps.incrementAndGet();
			}
			Flow.work(Duration.ofMillis(1));
			count.decrementAndGet();
		});
		application(script, 10).withPropertyValues("messaging.listener.concurrency=4").run((context) -> {
			for (int i = 0; i < 50; i++) {
				for (String group : List.of("a", "b", "c", "d")) {
					send(group, group + i);
				}
			}
			Flow.eventually().until(() -> script.completed().size() == 200);
			assertThat(overlaps).hasValue(0);
			for (String group : List.of("a", "b", "c", "d")) {
				List<String> completed = first(script, group);
				for (int i = 0; i < 50; i++) {
					assertThat(completed.get(i)).isEqualTo(group + i);
				}
			}
		});
	}

	@Test
	void rejectedMessageOfAGroupDoesNotHoldIt() {
		Script script = new Script((message) -> {
			if (message.getPayload().equals("a0")) {
				throw new RejectMessageException("never");
			}
		});
		application(script, 10).run((context) -> {
			send("a", "a0");
			send("a", "a1");
			Flow.eventually().until(() -> script.completed().contains("a1"));
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("JMSXGroupID")).isEqualTo("a");
			assertThat(script.calls("a0")).hasSize(1);
		});
	}

	@Test
	void endOfTheApplicationDoesNotWaitForTheDelayOfAGroup() throws Exception {
		CountDownLatch failed = new CountDownLatch(1);
		Script script = new Script((message) -> {
			failed.countDown();
			throw new IllegalStateException("no");
		});
		long[] end = new long[1];
		application(script, 10).withPropertyValues("messaging.listener.redelivery.delay=1m").run((context) -> {
			send("a", "a0");
			assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
			end[0] = System.nanoTime();
		});
		assertThat(Flow.since(end[0])).isLessThan(Duration.ofSeconds(5));
		assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(1);
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	// What one consumer gives back when groups are noticed must not be handed to another
	// one that gives it back, too: the broker would put it behind what follows it.
	@ParameterizedTest
	@ValueSource(strings = { "10", "auto" })
	void groupsThatComeAmongOtherMessagesStayInOrder(String window) {
		for (int run = 0; run < 5; run++) {
			int first = run * 40;
			sendMixed(first, first + 40);
			Script script = new Script((message) -> Flow.work(Duration.ofMillis(2)));
			Flow.application(this.broker.url(), script)
				.withPropertyValues("messaging.listener.window=" + window, "messaging.listener.concurrency=3")
				.run((context) -> {
					Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
					for (String group : List.of("a", "b", "c")) {
						assertThat(first(script, group)).isEqualTo(numbered(group, first, first + 40));
					}
				});
		}
	}

	private void sendMixed(int from, int to) {
		this.client.sendText(Flow.QUEUE, 0, 150);
		for (int i = from; i < to; i++) {
			for (String group : List.of("a", "b", "c")) {
				send(group, group + i);
				this.client.sendText(Flow.QUEUE, i, i + 1);
			}
		}
	}

	private static List<String> numbered(String group, int from, int to) {
		return IntStream.range(from, to).mapToObj((number) -> group + number).toList();
	}

	private int consumers() {
		return this.broker.consumers(Flow.QUEUE);
	}

	private static int lastCall(Script script, String payload) {
		return script.calls().stream().map(Script.Call::payload).toList().lastIndexOf(payload);
	}

	// What was completed in the group, each message at its first time.
	private static List<String> first(Script script, String group) {
		return script.completed().stream().filter((payload) -> payload.startsWith(group)).distinct().toList();
	}

	private void send(String group, String text) {
		this.client.send(Flow.QUEUE, (session) -> {
			Message message = session.createTextMessage(text);
			message.setStringProperty("JMSXGroupID", group);
			return message;
		});
	}

	private ApplicationContextRunner application(Script script, int window) {
		return Flow.application(this.broker.url(), script).withPropertyValues("messaging.listener.window=" + window);
	}

}
