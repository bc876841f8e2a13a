package org.activemessaging.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishAllException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.PublishUncertainException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Publishing without waiting for each message, and many at once.
 */
class PublishAsyncTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void futuresCompleteWhenTheBrokerHasTheMessagesAndOrderIsKept() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			List<CompletableFuture<?>> futures = new ArrayList<>();
			List<String> expected = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				MessagePublisher.Publication publication = publisher.to("orders");
				// Neither may overtake: one goes a way of its own, the other waits.
				if (i % 100 == 50) {
					publication.persistent(false);
				}
				if (i % 100 == 99) {
					publication.publish("text " + i);
				}
				else {
					futures.add(publication.publishAsync("text " + i));
				}
				expected.add("text " + i);
			}
			CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
			assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(1000);
			assertThat(this.broker.arrivals(Flow.QUEUE)).containsExactlyElementsOf(expected);
			assertThat(this.broker.commits()).isLessThan(500);
		});
	}

	@Test
	void groupKeepsItsOrderAcrossThreads() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 100; i++) {
				publisher.to("orders").group("g").publishAsync("first " + i);
				int number = i;
				Thread other = new Thread(() -> publisher.to("orders").group("g").publish("then " + number));
				other.start();
				other.join();
			}
			List<String> texts = this.client.drainTexts(Flow.QUEUE);
			assertThat(texts).containsExactlyElementsOf(IntStream.range(0, 100)
				.boxed()
				.flatMap((i) -> List.of("first " + i, "then " + i).stream())
				.toList());
		});
	}

	@Test
	void errorIsToldToTheFutureItBelongsTo() {
		this.broker.forbid("Forbidden");
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			CompletableFuture<?> before = publisher.publishAsync("orders", "before");
			CompletableFuture<?> bad = publisher.publishAsync("forbidden", "bad");
			CompletableFuture<?> after = publisher.publishAsync("orders", "after");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> bad.get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(PublishRefusedException.class);
			before.get(10, TimeUnit.SECONDS);
			after.get(10, TimeUnit.SECONDS);
			assertThat(this.client.drainTexts(Flow.QUEUE)).containsExactly("before", "after");
		});
	}

	@Test
	void whoPublishesMoreThanMayBeInFlightWaitsForRoom() {
		application().withPropertyValues("messaging.broker.default.publisher.max-in-flight=10").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "before");
			CountDownLatch latch = new CountDownLatch(1);
			this.broker.hold(latch);
			for (int i = 0; i < 10; i++) {
				publisher.publishAsync("orders", "text " + i);
			}
			AtomicReference<CompletableFuture<?>> next = new AtomicReference<>();
			Thread waiting = new Thread(() -> next.set(publisher.publishAsync("orders", "next")));
			waiting.start();
			Flow.throughout(Duration.ofMillis(200)).until(waiting::isAlive);
			latch.countDown();
			waiting.join(10_000);
			next.get().get(10, TimeUnit.SECONDS);
			assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(12);
		});
	}

	@Test
	void waitForRoomEndsInTimeAndSendsNothing() {
		application()
			.withPropertyValues("messaging.broker.default.publisher.max-in-flight=1",
					"messaging.broker.default.publisher.timeout=" + TIMEOUT.toMillis() + "ms")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				CountDownLatch latch = new CountDownLatch(1);
				this.broker.hold(latch);
				CountDownLatch told = new CountDownLatch(1);
				// The place is free when those who are told have returned.
				CompletableFuture<?> first = publisher.publishAsync("orders", "first")
					.whenComplete((result, failure) -> {
						try {
							told.await();
						}
						catch (InterruptedException ex) {
							Thread.currentThread().interrupt();
						}
					});
				long start = System.nanoTime();
				CompletableFuture<?> second = publisher.publishAsync("orders", "second");
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> second.get(0, TimeUnit.SECONDS))
					.withCauseInstanceOf(PublishException.class)
					.withMessageContaining("messaging.broker.default.publisher.max-in-flight")
					.satisfies((ex) -> assertThat(ex.getCause()).isNotInstanceOf(PublishUncertainException.class));
				assertThat(Flow.since(start)).isBetween(TIMEOUT.minusMillis(50), TIMEOUT.plusMillis(500));
				told.countDown();
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> first.get(10, TimeUnit.SECONDS))
					.withCauseInstanceOf(PublishUncertainException.class);
				latch.countDown();
				Flow.eventually().ignoreExceptions().untilAsserted(() -> publisher.publish("orders", "after"));
				assertThat(this.client.drainTexts(Flow.QUEUE)).contains("before", "after").doesNotContain("second");
			});
	}

	@Test
	void whoIsToldMayPublishAndHoldsUpNobody() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			CountDownLatch latch = new CountDownLatch(1);
			CompletableFuture<?> told = publisher.publishAsync("orders", "first").thenRun(() -> {
				publisher.publish("orders", "second");
				try {
					latch.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			publisher.publishAsync("orders", "third");
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 3);
			assertThat(told).isNotDone();
			latch.countDown();
			told.get(10, TimeUnit.SECONDS);
		});
	}

	@Test
	void allArePublishedInOrderInFewTransactions() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			List<String> texts = IntStream.range(0, 2500).mapToObj((i) -> "text " + i).toList();
			publisher.publishAll("orders", texts);
			assertThat(this.client.drainTexts(Flow.QUEUE)).containsExactlyElementsOf(texts);
			assertThat(this.broker.commits()).isEqualTo(3);
			publisher.publishAll("orders", List.of());
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void noneOfThemIsThereIfTheirTransactionFails() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			this.broker.failCommits(1);
			assertThatExceptionOfType(PublishAllException.class)
				.isThrownBy(() -> publisher.publishAll("orders", List.of("a", "b", "c")))
				.satisfies((ex) -> assertThat(ex.getPublished()).isZero())
				.satisfies((ex) -> assertThat(ex.getUncertain()).isZero())
				.withMessageContaining("refused by the test");
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void exceptionTellsHowManyOfThemAreThere() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			List<String> texts = IntStream.range(0, 1500).mapToObj((i) -> "text " + i).toList();
			publisher.publish("orders", "before");
			Thread later = new Thread(() -> {
				Flow.eventually().pollInterval(Duration.ofNanos(1000)).until(() -> this.broker.commits() == 1);
				this.broker.forbid(Flow.QUEUE);
			});
			later.start();
			try {
				publisher.publishAll("orders", texts);
			}
			catch (PublishAllException ex) {
				assertThat(ex.getPublished()).isEqualTo(1000);
				assertThat(ex.getUncertain()).isZero();
				assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(1001);
			}
			later.join();
		});
	}

	@Test
	void lostAnswerIsFollowedByTheSameIds() {
		try (AnswerProxy proxy = new AnswerProxy(this.broker.url(), "marked")) {
			Flow.application(proxy.url()).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.loseAnswers(1);
				publisher.publishAll("orders", List.of("marked", "second"));
				List<jakarta.jms.Message> messages = this.client.browse(Flow.QUEUE);
				assertThat(messages).hasSizeBetween(3, 5);
				assertThat(messages.stream().map(PublishAsyncTests::id).distinct()).hasSize(3);
			});
		}
	}

	@Test
	void inAProcessorTheyLeaveWithItsTransaction() {
		AtomicReference<MessagePublisher> publisher = new AtomicReference<>();
		Script script = new Script((message) -> {
			CompletableFuture<?> future = publisher.get().publishAsync("forbidden", "out");
			assertThat(future).isCompleted();
			publisher.get().publishAll("forbidden", List.of("a", "b"));
			if (message.getPayload().equals("bad")) {
				throw new IllegalStateException("no");
			}
		});
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.destination.forbidden.queue=Out",
					"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				publisher.set(context.getBean(MessagePublisher.class));
				this.client.sendText(Flow.QUEUE, "bad", "good");
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(this.client.drainTexts("Out")).containsExactly("out", "a", "b");
			});
	}

	@Test
	void wrongBoundIsRefusedAtStart() {
		application().withPropertyValues("messaging.broker.default.publisher.max-in-flight=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("messaging.broker.default.publisher.max-in-flight"));
	}

	private static String id(jakarta.jms.Message message) {
		try {
			return message.getStringProperty("am_id");
		}
		catch (jakarta.jms.JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.forbidden.queue=Forbidden");
	}

}
