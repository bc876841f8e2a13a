package org.activemessaging.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.PublishException;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.BrokerStatus;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker goes away and comes back.
 */
abstract class OutageArea extends Area {

	@Test
	@Requires(traits = Requires.Trait.KEEPS_MESSAGES)
	void restartUnderLoadLosesNothing() throws Exception {
		Recorder recorder = new Recorder();
		Application application = start(application(recorder));
		Load load = new Load(application);
		CompletableFuture<Void> work = CompletableFuture.runAsync(load);
		Flow.eventually().until(() -> load.confirmed.size() > 60);
		broker().kill();
		int atKill = load.confirmed.size();
		broker().start();
		Flow.eventually().until(() -> load.confirmed.size() > atKill + 60);
		load.running.set(false);
		work.get(20, TimeUnit.SECONDS);
		Flow.eventually().until(() -> recorder.distinct().containsAll(load.confirmed));
		LogFactory.getLog(OutageArea.class)
			.info("Published " + load.confirmed.size() + ", lost 0, repeated "
					+ (recorder.completed().size() - recorder.distinct().size()));
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void cutsUnderLoadLoseNothing() throws Exception {
		var line = line();
		Recorder recorder = new Recorder();
		Application application = start(application(line, recorder));
		Load load = new Load(application);
		CompletableFuture<Void> work = CompletableFuture.runAsync(load);
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

		@Override
		public void run() {
			while (this.running.get()) {
				String text = String.valueOf(this.next.getAndIncrement());
				try {
					this.application.publish(text);
					this.confirmed.add(text);
				}
				catch (PublishException ex) {
					Flow.work(java.time.Duration.ofMillis(10));
				}
			}
		}

	}

}
