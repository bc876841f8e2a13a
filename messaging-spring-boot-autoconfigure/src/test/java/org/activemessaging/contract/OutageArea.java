package org.activemessaging.contract;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.activemessaging.PublishException;
import org.activemessaging.fault.Form;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.BrokerStatus;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker goes away and comes back.
 */
abstract class OutageArea extends Area {

	// A quorum queue of RabbitMQ may have no leader for half a minute after a kill.
	private static final ConditionFactory PATIENTLY = Flow.eventually().atMost(Duration.ofSeconds(90));

	// Of a listener, by default.
	private static final int WINDOW = 10;

	@Test
	@Requires(traits = Requires.Trait.KEEPS_MESSAGES)
	void restartsUnderLoadLoseNothing() throws Exception {
		int kills = Form.size(3, 1);
		int messages = Form.size(3000, 120);
		Recorder recorder = new Recorder();
		Application application = start(application(recorder).with("messaging.listener.concurrency", 2));
		Load load = new Load(application);
		List<CompletableFuture<Void>> work = load.start(4);
		for (int kill = 1; kill <= kills; kill++) {
			int enough = kill * messages / (kills + 1);
			PATIENTLY.until(() -> load.confirmed.size() >= enough);
			broker().kill();
			broker().start();
		}
		PATIENTLY.until(() -> load.confirmed.size() >= messages);
		load.running.set(false);
		for (CompletableFuture<Void> each : work) {
			each.get(60, TimeUnit.SECONDS);
		}
		PATIENTLY.until(() -> recorder.distinct().containsAll(load.confirmed));
		int repeated = recorder.completed().size() - recorder.distinct().size();
		assertThat(repeated).as("repeated").isLessThanOrEqualTo(kills * (2 * 2 * WINDOW + 4));
		run().survived("broker", kills, load.confirmed.size(), repeated);
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void cutsUnderLoadLoseNothing() throws Exception {
		var line = line();
		Recorder recorder = new Recorder();
		Application application = start(application(line, recorder));
		Load load = new Load(application);
		CompletableFuture<Void> work = CompletableFuture.runAsync(load, Load::onThreadOfItsOwn);
		for (int cut = 1; cut <= 3; cut++) {
			int before = load.confirmed.size();
			Flow.eventually().until(() -> load.confirmed.size() > before + 30);
			line.cut();
		}
		load.running.set(false);
		work.get(20, TimeUnit.SECONDS);
		Flow.eventually().until(() -> recorder.distinct().containsAll(load.confirmed));
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void applicationStartsWithoutItsBrokerAndFindsItLater() {
		var line = line();
		line.refuse();
		Recorder recorder = new Recorder();
		Application application = start(application(line, recorder));
		Flow.eventually().until(() -> application.operations().brokers().get("default").status() == BrokerStatus.DOWN);
		assertThat(application.operations().brokers().get("default").reason()).isNotBlank();
		line.listen();
		Flow.eventually().ignoreExceptions().untilAsserted(() -> application.publish("hello"));
		Flow.eventually().until(() -> recorder.distinct().equals(Set.of("hello")));
		Flow.eventually().until(() -> application.operations().brokers().get("default").status() == BrokerStatus.UP);
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void cutLinkIsFoundAgain() {
		var line = line();
		Recorder recorder = new Recorder();
		Application application = start(application(line, recorder)).awaitListening();
		line.cut();
		Flow.eventually().ignoreExceptions().untilAsserted(() -> application.publish("hello"));
		Flow.eventually().until(() -> recorder.distinct().equals(new TreeSet<>(List.of("hello"))));
		application.awaitListening();
	}

	/**
	 * Publishes numbers, one after the other.
	 */
	private static final class Load implements Runnable {

		private final Set<String> confirmed = new ConcurrentSkipListSet<>();

		private final AtomicBoolean running = new AtomicBoolean(true);

		private final AtomicInteger next = new AtomicInteger();

		private final Application application;

		Load(Application application) {
			this.application = application;
		}

		List<CompletableFuture<Void>> start(int threads) {
			return IntStream.range(0, threads)
				.mapToObj((thread) -> CompletableFuture.runAsync(this, Load::onThreadOfItsOwn))
				.toList();
		}

		// The common pool has one thread on two cores.
		private static void onThreadOfItsOwn(Runnable work) {
			new Thread(work, "load").start();
		}

		@Override
		public void run() {
			while (this.running.get()) {
				String text = String.valueOf(this.next.getAndIncrement());
				try {
					this.application.publish(text);
					this.confirmed.add(text);
				}
				catch (PublishException ex) {
					Flow.work(Duration.ofMillis(10));
				}
			}
		}

	}

}
