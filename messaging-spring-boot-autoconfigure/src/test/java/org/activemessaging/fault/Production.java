package org.activemessaging.fault;

import java.time.Duration;

import org.activemessaging.flow.Flow;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Publishes messages from several threads, each of which has groups of its own and
 * publishes their messages in order. Configured by {@code fault.produce} (how many
 * messages), {@code fault.producers} (how many threads), {@code fault.groups} (how many
 * groups, the number of threads by default), {@code fault.grouped} (whether they are
 * message groups) and {@code fault.pause} (milliseconds between two messages).
 */
final class Production implements SmartLifecycle {

	private final LedgerFile ledger;

	private final Sender sender;

	private final int messages;

	private final int threads;

	private final int groups;

	private final boolean grouped;

	private final Duration pause;

	private final String name;

	private volatile boolean running;

	Production(LedgerFile ledger, Sender sender, Environment environment) {
		this.ledger = ledger;
		this.sender = sender;
		this.messages = environment.getProperty("fault.produce", Integer.class, 0);
		this.threads = environment.getProperty("fault.producers", Integer.class, 4);
		this.groups = environment.getProperty("fault.groups", Integer.class, this.threads);
		this.grouped = environment.getProperty("fault.grouped", Boolean.class, false);
		this.pause = Duration.ofMillis(environment.getProperty("fault.pause", Long.class, 0L));
		this.name = environment.getProperty("fault.producer", "p");
	}

	@Override
	public void start() {
		this.running = true;
		for (int i = 0; i < this.threads; i++) {
			int thread = i;
			new Thread(() -> produce(thread), "producer-" + i).start();
		}
	}

	private void produce(int thread) {
		for (int i = thread; i < this.messages && this.running; i += this.threads) {
			int group = i % this.groups;
			publish(this.name + group, i / this.groups);
			if (!this.pause.isZero()) {
				Flow.work(this.pause);
			}
		}
	}

	private void publish(String group, int number) {
		String id = group + "-" + number;
		while (this.running) {
			LedgerEntry.Type result = this.sender.send(id, this.grouped ? group : null);
			this.ledger.write(result, id);
			if (result != LedgerEntry.Type.ACKED) {
				Flow.work(Duration.ofMillis(50));
			}
			if (result != LedgerEntry.Type.REFUSED) {
				return;
			}
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Publishes one message.
	 */
	@FunctionalInterface
	interface Sender {

		/**
		 * Publishes.
		 * @param id the message
		 * @param group its message group, or {@code null}
		 * @return acked, uncertain or refused
		 */
		LedgerEntry.Type send(String id, String group);

	}

}
