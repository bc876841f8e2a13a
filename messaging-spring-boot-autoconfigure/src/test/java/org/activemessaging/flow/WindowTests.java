package org.activemessaging.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.activemessaging.listener.ProcessorContainers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several messages share a transaction.
 */
class WindowTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void manyMessagesTakeFewTransactions() {
		this.client.sendText(Flow.QUEUE, 0, 200);
		// Long enough for the broker to hand over the next message meanwhile, whatever
		// else
		// the machine does.
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(1)));
		int before = this.broker.commits();
		application(script, 20).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).containsExactlyElementsOf(numbers(200));
			assertThat(this.broker.commits() - before).isBetween(10, 100);
		});
	}

	@Test
	void windowOfOneIsATransactionForEachMessage() {
		this.client.sendText(Flow.QUEUE, 0, 50);
		Script script = Script.thatSucceeds();
		int before = this.broker.commits();
		application(script, 1).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).containsExactlyElementsOf(numbers(50));
			assertThat(this.broker.commits() - before).isEqualTo(50);
		});
	}

	@Test
	void slowProcessorKeepsNoTransactionOpenForLong() {
		this.client.sendText(Flow.QUEUE, 0, 6);
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(150)));
		int before = this.broker.commits();
		application(script, 10).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.calls()).hasSize(6);
			assertThat(this.broker.commits() - before).isEqualTo(6);
		});
	}

	// Those of its transaction, and as many ahead.
	@Test
	void processorTakesNoMoreThanItsWindowFromTheBroker() {
		this.client.sendText(Flow.QUEUE, 0, 200);
		CountDownLatch proceed = new CountDownLatch(1);
		Script script = new Script((message) -> {
			if (Integer.parseInt(message.getPayload().toString()) >= 130) {
				proceed.await(10, TimeUnit.SECONDS);
			}
		});
		application(script, 7).run((context) -> {
			Flow.eventually().until(() -> script.running() == 1 && script.calls().size() > 130);
			Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) >= 7);
			Flow.throughout(Duration.ofMillis(300)).until(() -> this.broker.inFlight(Flow.QUEUE) < 14);
			proceed.countDown();
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
		});
	}

	// What it had been handed could not be given back in order if it died.
	@Test
	void processorIsHandedNothingAheadBeforeItIsKnownWhatComes() {
		this.client.sendText(Flow.QUEUE, 0, 50);
		CountDownLatch proceed = new CountDownLatch(1);
		Script script = new Script((message) -> proceed.await(10, TimeUnit.SECONDS));
		application(script, 7).run((context) -> {
			Flow.eventually().until(() -> script.running() == 1);
			Flow.throughout(Duration.ofMillis(300)).until(() -> this.broker.inFlight(Flow.QUEUE) == 1);
			proceed.countDown();
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
		});
	}

	@Test
	void failingMessageDoesNotRepeatTheOthersOfItsWindow() {
		this.client.sendText(Flow.QUEUE, 0, 100);
		Script script = new Script((message) -> {
			if (message.getPayload().toString().endsWith("5")) {
				throw new IllegalStateException("no");
			}
		});
		application(script, 20)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 10);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.completed()).hasSize(90).doesNotHaveDuplicates();
				assertThat(script.calls()).hasSize(90 + 10 * 4);
				assertThat(this.broker.rollbacks()).isZero();
			});
	}

	@Test
	void endOfTheContextInTheMiddleLosesNothingAndRepeatsNothing() {
		int messages = 300;
		this.client.sendText(Flow.QUEUE, 0, messages);
		Script first = new Script((message) -> Flow.work(Duration.ofMillis(2)));
		application(first, 20).run((context) -> Flow.eventually().until(() -> first.completed().size() > 30));
		int processed = first.completed().size();
		assertThat(processed).isLessThan(messages);
		// What was completed is committed, as the end waits for the message in work.
		assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(messages - processed);
		Script second = Script.thatSucceeds();
		application(second, 20).run((context) -> Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0));
		List<String> all = new ArrayList<>(first.completed());
		all.addAll(second.completed());
		assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(messages));
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	@Test
	void messageInWorkMayFinishWhenTheContextEnds() {
		this.client.sendText(Flow.QUEUE, 0, 5);
		CountDownLatch started = new CountDownLatch(1);
		AtomicInteger interrupted = new AtomicInteger();
		Script script = new Script((message) -> {
			started.countDown();
			try {
				new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				interrupted.incrementAndGet();
				throw ex;
			}
		});
		application(script, 10).run((context) -> assertThat(started.await(10, TimeUnit.SECONDS)).isTrue());
		assertThat(interrupted).hasValue(0);
		assertThat(script.completed()).containsExactly("0");
		assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(4);
	}

	@Test
	void messageThatDoesNotFinishInTimeGoesBackUncounted() {
		this.client.sendText(Flow.QUEUE, "order");
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		Script script = new Script((message) -> {
			started.countDown();
			never.await(8, TimeUnit.SECONDS);
		});
		long[] end = new long[1];
		application(script, 10).withPropertyValues("messaging.listener.drain-timeout=500ms").run((context) -> {
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
			end[0] = System.nanoTime();
		});
		assertThat(Flow.since(end[0])).isLessThan(Duration.ofSeconds(7));
		Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 1 && this.broker.inFlight(Flow.QUEUE) == 0);
		assertThat(this.broker.queues())
			.noneMatch((queue) -> this.broker.depth(queue) > 0 && !queue.equals(Flow.QUEUE));
		assertThat(this.client.receive(Flow.QUEUE))
			.satisfies((message) -> assertThat(message.propertyExists("am_attempt")).isFalse());
	}

	@Test
	void windowOfAFastProcessorGrowsToTheLargest() {
		this.client.sendText(Flow.QUEUE, 0, 3000);
		Script script = Script.thatSucceeds();
		int before = this.broker.commits();
		application(script, "auto").run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(window(context)).isEqualTo(100);
			assertThat(script.completed()).hasSize(3000).doesNotHaveDuplicates();
			// Of ten messages each, there would be 300.
			assertThat(this.broker.commits() - before).isLessThan(200);
		});
	}

	@Test
	void processorThatBecomesSlowLeavesTheOthersTheirMessages() {
		this.client.sendText(Flow.QUEUE, 0, 600);
		CountDownLatch proceed = new CountDownLatch(1);
		Script script = new Script((message) -> {
			if (Integer.parseInt(message.getPayload().toString()) >= 400) {
				Flow.work(Duration.ofMillis(300));
				proceed.await(20, TimeUnit.SECONDS);
			}
		});
		application(script, "auto").run((context) -> {
			Flow.eventually().until(() -> window(context) == 100 && script.running() == 1);
			proceed.countDown();
			Flow.eventually().until(() -> window(context) == 1);
			Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) <= 2);
		});
		assertThat(script.completed()).doesNotHaveDuplicates();
	}

	@Test
	void slowProcessorHasAllItsConsumersBusy() {
		this.client.sendText(Flow.QUEUE, 0, 500);
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(20)));
		application(script, "auto").withPropertyValues("messaging.listener.concurrency=1-8").run((context) -> {
			Flow.eventually().until(() -> script.mostRunning() == 8);
			assertThat(script.completed()).hasSizeLessThan(250);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).hasSize(500).doesNotHaveDuplicates();
		});
	}

	private static int window(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).reports().get(0).window();
	}

	private static List<String> numbers(int end) {
		return IntStream.range(0, end).mapToObj(String::valueOf).toList();
	}

	private ApplicationContextRunner application(Script script, Object window) {
		return Flow.application(this.broker.url(), script).withPropertyValues("messaging.listener.window=" + window);
	}

}
