package org.activemessaging.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.PublishListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads publish at the same time: they share transactions, and nothing else.
 */
class PublishTogetherTests {

	private static final int THREADS = 32;

	private static final int MESSAGES = 50;

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Sizes sizes = new Sizes();

	private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		this.client.close();
		this.broker.close();
	}

	@Test
	void manyThreadsShareTransactionsAndEachKeepsItsOrder() {
		publishing((publisher) -> {
			everyThread((number) -> {
				for (int i = 0; i < MESSAGES; i++) {
					publisher.publish("orders", number + "/" + i);
				}
			});
			List<String> texts = this.client.drainTexts(Flow.QUEUE);
			assertThat(texts).hasSize(THREADS * MESSAGES).doesNotHaveDuplicates();
			assertInOrder(texts);
			assertThat(this.broker.commits()).isBetween(1, THREADS * MESSAGES / 2);
			assertThat(this.sizes.all).hasSize(this.broker.commits()).anyMatch((size) -> size > 5);
		});
	}

	@Test
	void threadThatPublishesAloneUsesNoTransaction() {
		publishing((publisher) -> {
			for (int i = 0; i < 10; i++) {
				publisher.publish("orders", i);
			}
			assertThat(this.broker.commits()).isZero();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.contains("-batch-"));
		});
	}

	@Test
	void errorConcernsNobodyElse() {
		this.broker.forbid("Forbidden");
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		String large = "x".repeat(300_000);
		Flow.application(this.broker.url() + "?wireFormat.maxFrameSize=200000")
			.withPropertyValues("messaging.destination.forbidden.queue=Forbidden",
					"messaging.destination.large.queue=Large")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				everyThread((number) -> {
					for (int i = 0; i < MESSAGES; i++) {
						switch (number) {
							case 0 -> failures.add(failure(() -> publisher.publish("forbidden", "x")));
							case 1 -> failures.add(failure(() -> publisher.publish("large", large)));
							default -> publisher.publish("orders", number + "/" + i);
						}
					}
				});
				assertThat(failures).hasSize(2 * MESSAGES).allMatch(PublishRefusedException.class::isInstance);
				List<String> texts = this.client.drainTexts(Flow.QUEUE);
				assertThat(texts).hasSize((THREADS - 2) * MESSAGES).doesNotHaveDuplicates();
				assertInOrder(texts);
				assertThat(this.broker.commits()).isBetween(1, THREADS * MESSAGES / 2);
				// The connection is not to blame.
				assertThat(this.broker.totalConnections()).isLessThanOrEqualTo(3);
			});
	}

	@Test
	void refusedCommitIsFollowedByEachOnItsOwn() {
		this.broker.failCommits(3);
		publishing((publisher) -> {
			everyThread((number) -> publisher.publish("orders", number + "/0"));
			assertThat(this.client.drainTexts(Flow.QUEUE)).hasSize(THREADS).doesNotHaveDuplicates();
		});
	}

	@Test
	void whatTheBrokerDoesOutsideOfTransactionsIsNotPutIntoOne() {
		publishing((publisher) -> {
			everyThread((number) -> {
				for (int i = 0; i < MESSAGES; i++) {
					MessagePublisher.Publication publication = publisher.to("orders");
					if (number % 2 == 0) {
						publication.header("AMQ_SCHEDULED_DELAY", 1L);
					}
					publication.publish(number + "/" + i);
				}
			});
			assertThat(this.client.drainTexts(Flow.QUEUE)).hasSize(THREADS * MESSAGES);
			assertThat(this.broker.commits()).isPositive();
			assertThat(this.broker.scheduledInTransactions()).isZero();
		});
	}

	@Test
	void interruptedThreadWaitsNoLonger() {
		publishing((publisher) -> {
			// Opens all that is needed, which takes the broker's answer as well.
			everyThread((number) -> publisher.publish("orders", "before"));
			Flow.eventually().until(() -> !isWaiting("BatchSender.run"));
			CountDownLatch latch = new CountDownLatch(1);
			this.broker.hold(latch);
			Future<?> alone = this.executor.submit(() -> publisher.publish("orders", "alone"));
			awaitWaiting("SingleSender.attempt");
			Interrupted sent = new Interrupted(publisher, "sent");
			awaitWaiting("Transactions.send");
			Interrupted waiting = new Interrupted(publisher, "waiting");
			waiting.interrupt();
			sent.interrupt();
			assertThat(waiting.failure()).isInstanceOf(PublishException.class)
				.isNotInstanceOf(PublishUncertainException.class);
			assertThat(sent.failure()).isInstanceOf(PublishUncertainException.class);
			latch.countDown();
			alone.get(10, TimeUnit.SECONDS);
			publisher.publish("orders", "after");
			assertThat(this.client.drainTexts(Flow.QUEUE)).contains("before", "alone", "after")
				.doesNotContain("waiting");
		});
	}

	@Test
	void whatWasAcceptedAtTheEndIsSentOrItsPublishFails() throws Exception {
		Ledger ledger = new Ledger();
		List<Future<?>> threads = new ArrayList<>();
		Flow.application(this.broker.url()).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int thread = 0; thread < THREADS; thread++) {
				int number = thread;
				threads.add(this.executor.submit(() -> publishUntilTheEnd(publisher, number, ledger)));
			}
			Flow.eventually().until(() -> ledger.published.size() > 1000);
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).close();
		});
		for (Future<?> thread : threads) {
			thread.get(20, TimeUnit.SECONDS);
		}
		Flow.eventually().until(() -> ledger.futures.stream().allMatch(CompletableFuture::isDone));
		List<String> texts = this.client.drainTexts(Flow.QUEUE);
		assertThat(texts).doesNotHaveDuplicates().containsAll(ledger.published);
		assertThat(new HashSet<>(texts)).isSubsetOf(ledger.maybeThere());
		Flow.eventually()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("messaging-publisher-")));
	}

	private static void publishUntilTheEnd(MessagePublisher publisher, int number, Ledger ledger) {
		boolean running = true;
		for (int i = 0; running; i++) {
			String text = number + "/" + i;
			if (number % 4 == 0) {
				CompletableFuture<?> future = publisher.publishAsync("orders", text);
				ledger.futures.add(future.handle((result, failure) -> ledger.note(text, failure)));
				running = !future.isCompletedExceptionally();
			}
			else {
				running = ledger.note(text, failure(() -> publisher.publish("orders", text)));
			}
		}
	}

	private static @Nullable Throwable failure(Runnable publish) {
		try {
			publish.run();
			return null;
		}
		catch (PublishException ex) {
			return ex;
		}
	}

	private void everyThread(Work work) throws Exception {
		List<Callable<Void>> calls = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			calls.add(() -> {
				work.of(number);
				return null;
			});
		}
		for (Future<Void> future : this.executor.invokeAll(calls, 30, TimeUnit.SECONDS)) {
			future.get();
		}
	}

	static void assertInOrder(List<String> texts) {
		Map<String, Integer> last = new HashMap<>();
		for (String text : texts) {
			String[] parts = text.split("/");
			int number = Integer.parseInt(parts[1]);
			assertThat(number).as(text).isGreaterThan(last.getOrDefault(parts[0], -1));
			last.put(parts[0], number);
		}
	}

	private static void awaitWaiting(String method) {
		Flow.eventually().until(() -> isWaiting(method));
	}

	private static boolean isWaiting(String method) {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.anyMatch((trace) -> List.of(trace).toString().contains(method));
	}

	private void publishing(Use use) {
		Flow.application(this.broker.url())
			.withBean(PublishListener.class, () -> this.sizes)
			.run((context) -> use.with(context.getBean(MessagePublisher.class)));
	}

	@FunctionalInterface
	interface Use {

		void with(MessagePublisher publisher) throws Exception;

	}

	@FunctionalInterface
	interface Work {

		void of(int number) throws Exception;

	}

	private static final class Sizes implements PublishListener {

		private final ConcurrentLinkedQueue<Integer> all = new ConcurrentLinkedQueue<>();

		@Override
		public void sentTogether(Broker broker, int count) {
			this.all.add(count);
		}

		@Override
		public void published(NamedDestination destination, long nanos, @Nullable Throwable failure) {
		}

	}

	/**
	 * What those who published were told.
	 */
	private static final class Ledger {

		private final Set<String> published = ConcurrentHashMap.newKeySet();

		private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

		private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();

		boolean note(String text, @Nullable Throwable failure) {
			if (failure == null) {
				this.published.add(text);
			}
			else if (failure instanceof PublishUncertainException) {
				this.uncertain.add(text);
			}
			return failure == null;
		}

		Set<String> maybeThere() {
			Set<String> all = new HashSet<>(this.published);
			all.addAll(this.uncertain);
			return all;
		}

	}

	/**
	 * A thread that publishes and is interrupted.
	 */
	private static final class Interrupted {

		private final AtomicReference<Throwable> failure = new AtomicReference<>();

		private final Thread thread;

		Interrupted(MessagePublisher publisher, String text) {
			this.thread = new Thread(() -> {
				try {
					publisher.publish("orders", text);
				}
				catch (PublishException ex) {
					this.failure.set(Thread.currentThread().isInterrupted() ? ex : null);
				}
			});
			this.thread.start();
			Flow.eventually()
				.until(() -> List.of(this.thread.getStackTrace()).toString().contains("WaitingThread.await"));
		}

		void interrupt() {
			this.thread.interrupt();
		}

		Throwable failure() {
			Flow.eventually().until(() -> !this.thread.isAlive());
			return this.failure.get();
		}

	}

}
