package org.activemessaging.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.activemessaging.MessagePublisher;
import org.activemessaging.broker.memory.MemoryBroker;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.payload.PayloadConverter;
import org.assertj.core.api.AssertProvider;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.messaging.Message;

/**
 * Publishes, waits until all that follows is done, and tells what has happened: a bean of
 * tests with {@link MessagingTest} or {@link AutoConfigureTestMessaging}. With
 * {@code assertThat(harness)} of AssertJ the assertions of {@link MessagingHarnessAssert}
 * follow.
 * <p>
 * All of it concerns the brokers in memory. What a processor hands to threads of its own
 * is not waited for. Everything is forgotten before the next test method. For the thread
 * of the test.
 *
 * @since 0.1.0
 */
public final class MessagingHarness implements AssertProvider<MessagingHarnessAssert> {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int MOST_STEPS = 1000;

	private final MessagePublisher publisher;

	private final NamedDestinations destinations;

	private final ProcessorContainers containers;

	private final PayloadConverter converter;

	private final Watch watch;

	private final Journal journal;

	private final Injection injection;

	MessagingHarness(MessagePublisher publisher, NamedDestinations destinations, ProcessorContainers containers,
			PayloadConverter converter, Watch watch, Journal journal, Injection injection) {
		this.publisher = publisher;
		this.destinations = destinations;
		this.containers = containers;
		this.converter = converter;
		this.watch = watch;
		this.journal = journal;
		this.injection = injection;
	}

	/**
	 * Publishes a message, and waits until it and everything it leads to is processed, at
	 * most ten seconds.
	 * @param destination the logical name of the destination
	 * @param payload the payload
	 * @return this harness
	 * @throws AssertionError if something is not done in time, or has failed that was not
	 * {@linkplain #expectFailure expected}
	 */
	public MessagingHarness publishAndWait(String destination, Object payload) {
		awaitListening();
		this.publisher.publish(destination, payload);
		return awaitQuiet();
	}

	/**
	 * Waits until every processor listens, at most ten seconds. What is published to a
	 * plain topic before reaches nobody.
	 * @return this harness
	 * @throws AssertionError if one does not in time
	 */
	public MessagingHarness awaitListening() {
		await(PATIENCE, "every processor listens", this.watch::isListening);
		return this;
	}

	/**
	 * Waits until all work is done, at most ten seconds.
	 * @return this harness
	 * @see #awaitQuiet(Duration)
	 */
	public MessagingHarness awaitQuiet() {
		return awaitQuiet(PATIENCE);
	}

	/**
	 * Waits until all work is done: no message is with a processor, and none waits for
	 * one that runs. Delayed messages wait for {@link #advance}.
	 * @param timeout how long to wait
	 * @return this harness
	 * @throws AssertionError if something is not done in time, or has failed that was not
	 * {@linkplain #expectFailure expected}
	 */
	public MessagingHarness awaitQuiet(Duration timeout) {
		await(timeout, "all work is done", () -> this.watch.isListening() && this.watch.isQuiet());
		this.journal.verify();
		return this;
	}

	private void await(Duration timeout, String what, Callable<Boolean> condition) {
		try {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.atMost(timeout)
				.until(condition);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(
					"It did not happen within " + timeout + " that " + what + "; " + this.watch.describe());
		}
	}

	/**
	 * Puts the time of the brokers forward, and waits until what has come due is done.
	 * @param duration how far
	 * @return this harness
	 * @throws AssertionError as {@link #awaitQuiet()}
	 */
	public MessagingHarness advance(Duration duration) {
		this.watch.brokers().values().forEach((broker) -> broker.advance(duration));
		return awaitQuiet();
	}

	/**
	 * Puts the time of the brokers forward to the next delayed message, again and again,
	 * until none is left.
	 * @return this harness
	 * @throws AssertionError as {@link #awaitQuiet()}, and after a thousand steps
	 */
	public MessagingHarness fastForward() {
		awaitQuiet();
		for (int step = 0; step < MOST_STEPS; step++) {
			long due = this.watch.brokers()
				.values()
				.stream()
				.mapToLong(Watch::dueInMillis)
				.min()
				.orElse(Long.MAX_VALUE);
			if (due == Long.MAX_VALUE) {
				return this;
			}
			advance(Duration.ofMillis(Math.max(1, due)));
		}
		throw new AssertionError("After " + MOST_STEPS + " steps in time there are still delayed messages");
	}

	/**
	 * Says that the test wants processors to fail: no failure with such a cause makes the
	 * test fail.
	 * @param type the exception, or one of those behind it
	 * @return this harness
	 */
	public MessagingHarness expectFailure(Class<? extends Throwable> type) {
		this.journal.expect(type);
		return this;
	}

	/**
	 * Has each message that is published from now on sent twice, with the same
	 * {@code am_id}, as after a crash at the wrong moment. A processor that is idempotent
	 * has the same effects as before; what the harness counts does not change, as it
	 * counts ids. With each step of a cascade the copies double.
	 * @param injected whether to
	 * @return this harness
	 */
	public MessagingHarness duplicates(boolean injected) {
		this.injection.duplicates(injected);
		return this;
	}

	/**
	 * Has the first try of each message that comes from now on fail after its processor
	 * has returned, as if the application died before the acknowledgement. What it
	 * published to its own broker in that try is not sent. Needs a redelivery policy with
	 * another try; if that is a delayed one, {@link #fastForward} brings it.
	 * @param injected whether to
	 * @return this harness
	 */
	public MessagingHarness firstTryFails(boolean injected) {
		this.injection.firstTryFails(injected);
		return this;
	}

	/**
	 * Fails if something has failed that was not expected. Called after each test method
	 * that has not failed otherwise.
	 * @throws AssertionError if so, with the failure as its cause
	 */
	public void verify() {
		this.journal.verify();
	}

	/**
	 * Removes all messages, waits for those in work, and forgets what has happened.
	 * Called before each test method.
	 */
	public void reset() {
		this.watch.brokers().values().forEach(MemoryBroker::clear);
		await(PATIENCE, "all work of the test before is done", this.watch::isQuiet);
		this.watch.brokers().values().forEach(MemoryBroker::clear);
		this.journal.reset();
		this.injection.reset();
	}

	@Override
	public MessagingHarnessAssert assertThat() {
		return new MessagingHarnessAssert(this);
	}

	List<Message<?>> published(String destination) {
		return this.journal.published(this.destinations.get(destination).name());
	}

	Set<String> processors() {
		return this.containers.reports()
			.stream()
			.map((report) -> report.definition().id())
			.collect(Collectors.toCollection(java.util.TreeSet::new));
	}

	int processed(String processor) {
		return this.journal.processed(processor);
	}

	List<DeadLetter> deadLetters(String destination) {
		String name = this.destinations.get(destination).name();
		return this.journal.deadLetters()
			.stream()
			.filter((letter) -> letter.destination().name().equals(name))
			.toList();
	}

	List<String> left() {
		return this.watch.left();
	}

	PayloadConverter converter() {
		return this.converter;
	}

}
