package org.activemessaging.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.Message;

/**
 * A processor of destination {@code orders} that notes its calls and does what a test
 * tells it to.
 */
@Processor
class Script {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final List<String> completed = new CopyOnWriteArrayList<>();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostRunning = new AtomicInteger();

	private final Step step;

	Script(Step step) {
		this.step = step;
	}

	static Script thatSucceeds() {
		return new Script((message) -> {
		});
	}

	static Script thatFails() {
		return new Script((message) -> {
			throw new IllegalStateException("no");
		});
	}

	@SubscribesTo(value = "orders", id = "script")
	void onMessage(Message<?> message) throws Throwable {
		this.calls.add(new Call(message, String.valueOf(message.getPayload()), System.nanoTime()));
		this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try {
			this.step.run(message);
			this.completed.add(String.valueOf(message.getPayload()));
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	List<Call> calls() {
		return this.calls;
	}

	List<Call> calls(String payload) {
		return this.calls.stream().filter((call) -> call.payload().equals(payload)).toList();
	}

	List<String> completed() {
		return this.completed;
	}

	int running() {
		return this.running.get();
	}

	int mostRunning() {
		return this.mostRunning.get();
	}

	@FunctionalInterface
	interface Step {

		void run(Message<?> message) throws Throwable;

	}

	record Call(Message<?> message, String payload, long at) {
	}

}
