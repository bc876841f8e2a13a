package org.activemessaging.samples.voyeur.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.activemessaging.PublishException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BackgroundStenographer}.
 */
@Timeout(30)
class BackgroundStenographerTests {

	private static final int CAPACITY = 5;

	private final FakePublisher publisher = new FakePublisher();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final BackgroundStenographer stenographer = new BackgroundStenographer(
			new Shorthand(this.publisher, this.meters),
			new StenographerProperties(StenographerProperties.Mode.BACKGROUND, CAPACITY, Duration.ofMillis(1),
					Duration.ofMillis(10), Duration.ofSeconds(2)),
			this.meters);

	@AfterEach
	void stop() {
		this.stenographer.stop();
	}

	@Test
	void eventIsPublishedWithIdAndSession() {
		this.stenographer.start();
		Query query = query("fax");
		String id = this.stenographer.record(DataStream.QUERYSTREAM, query);
		await().untilAsserted(() -> assertThat(this.publisher.sent())
			.containsExactly(new FakePublisher.Sent("querystream", "session", id, query)));
		await().until(() -> count("published") == 1);
	}

	@Test
	void eventsArePublishedInOrderByOneNamedThread() {
		List<String> threads = new CopyOnWriteArrayList<>();
		this.publisher.beforePublish((id) -> threads.add(Thread.currentThread().getName()));
		List<String> ids = IntStream.range(0, CAPACITY).mapToObj((i) -> record("q" + i)).toList();
		this.stenographer.start();
		await()
			.untilAsserted(() -> assertThat(this.publisher.sent()).extracting(FakePublisher.Sent::id).isEqualTo(ids));
		assertThat(threads).hasSize(CAPACITY).containsOnly("stenographer");
	}

	@Test
	void recordingNeverWaitsAndDropsWhatTheQueueCannotTake() {
		CountDownLatch broker = new CountDownLatch(1);
		CountDownLatch publishing = new CountDownLatch(1);
		this.publisher.beforePublish((id) -> {
			publishing.countDown();
			awaitBroker(broker);
		});
		this.stenographer.start();
		record("first");
		await().until(() -> publishing.getCount() == 0);
		IntStream.range(0, CAPACITY + 3).forEach((i) -> record("q" + i));
		assertThat(count("dropped")).isEqualTo(3);
		assertThat(this.publisher.sent()).isEmpty();
		broker.countDown();
		await().until(() -> count("published") == CAPACITY + 1);
	}

	@Test
	void eventIsPublishedAgainWithSameIdUntilBrokerTakesIt() {
		AtomicInteger tries = new AtomicInteger();
		this.publisher.beforePublish((id) -> {
			if (tries.incrementAndGet() < 4) {
				throw new PublishException("querystream", "no broker", null);
			}
		});
		this.stenographer.start();
		String id = record("fax");
		await().untilAsserted(
				() -> assertThat(this.publisher.sent()).extracting(FakePublisher.Sent::id).containsExactly(id));
		assertThat(tries).hasValue(4);
		assertThat(count("dropped")).isZero();
	}

	@Test
	void eventThatCannotBePublishedIsDroppedAndTheNextIsPublished() {
		AtomicInteger tries = new AtomicInteger();
		this.publisher.beforePublish((id) -> {
			if (tries.incrementAndGet() == 1) {
				throw new IllegalArgumentException("not serialisable");
			}
		});
		this.stenographer.start();
		record("first");
		record("second");
		await().until(() -> count("published") == 1);
		assertThat(count("dropped")).isEqualTo(1);
	}

	@Test
	void stopPublishesWhatIsWaiting() {
		List<String> ids = IntStream.range(0, CAPACITY).mapToObj((i) -> record("q" + i)).toList();
		this.stenographer.start();
		this.stenographer.stop();
		assertThat(this.publisher.sent()).extracting(FakePublisher.Sent::id).isEqualTo(ids);
		assertThat(this.stenographer.isRunning()).isFalse();
	}

	@Test
	void stopDoesNotWaitForBrokerThatIsGone() {
		this.publisher.beforePublish((id) -> {
			throw new PublishException("querystream", "no broker", null);
		});
		this.stenographer.start();
		IntStream.range(0, CAPACITY).forEach((i) -> record("q" + i));
		Instant before = Instant.now();
		this.stenographer.stop();
		assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
		await().until(() -> count("dropped") == CAPACITY);
	}

	private String record(String terms) {
		return this.stenographer.record(DataStream.QUERYSTREAM, query(terms));
	}

	private static Query query(String terms) {
		return new Query("session", terms, 1, 0.5, Instant.EPOCH);
	}

	private double count(String meter) {
		return this.meters.get("voyeur.stenographer." + meter).tag("stream", "querystream").counter().count();
	}

	private static void awaitBroker(CountDownLatch broker) {
		try {
			broker.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
