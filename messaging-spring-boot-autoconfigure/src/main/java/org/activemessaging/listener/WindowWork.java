package org.activemessaging.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.ConsumerTransaction;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.AsyncTaskExecutor;

/**
 * Takes the messages of a window and has them handled: one after the other; in one call,
 * if the processor takes a window; or, where a consumer has lanes, at once and those of a
 * message group one after the other. The session is used by its own thread only.
 */
final class WindowWork {

	// An open transaction holds locks and memory on the broker.
	private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(100);

	// How long the next message of a queue that has more of them may be on its way.
	private static final long ON_ITS_WAY_MILLIS = 2;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final InboundFlow flow;

	private final Pace pace;

	private final BooleanSupplier running;

	private final Pause pause;

	private final RateLimit rate;

	private final @Nullable AsyncTaskExecutor lanes;

	WindowWork(InboundFlow flow, Pace pace, BooleanSupplier running, Pause pause, RateLimit rate,
			@Nullable AsyncTaskExecutor lanes) {
		this.flow = flow;
		this.pace = pace;
		this.running = running;
		this.pause = pause;
		this.rate = rate;
		this.lanes = lanes;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	void fill(Window window, ConsumerTransaction transaction, PacedConsumer consumer, Message first, int size)
			throws JMSException {
		Filling filling = new Filling(window, consumer, size);
		if (this.flow.takesWindow()) {
			together(filling, transaction, first);
		}
		else if (this.lanes == null || size == 1) {
			for (Message message = first; message != null; message = filling.next(message)) {
				window.add(message);
				window.add(handle(message, transaction, null, window.isSingle()));
			}
		}
		else {
			atOnce(filling, transaction, first, this.lanes);
		}
		this.pace.took(window.size(), filling.worked());
	}

	private void together(Filling filling, ConsumerTransaction transaction, Message first) throws JMSException {
		Window window = filling.window;
		for (Message message = first; message != null; message = filling.next(message)) {
			window.add(message);
		}
		this.inFlight.addAndGet(window.size());
		try {
			List<@Nullable EarlierTry> tries = this.flow.tryTogether(window.messages(), transaction);
			for (int i = 0; i < window.size(); i++) {
				window
					.add(this.flow.handle(window.message(i), transaction, tries.get(i), window.isSingle(), this.pause));
			}
		}
		finally {
			this.inFlight.addAndGet(-window.size());
		}
	}

	private void atOnce(Filling filling, ConsumerTransaction transaction, Message first, AsyncTaskExecutor executor)
			throws JMSException {
		Window window = filling.window;
		Lanes lanes = new Lanes(executor);
		List<@Nullable FirstTry> tries = new ArrayList<>();
		try {
			for (Message message = first; message != null; message = filling.next(message)) {
				window.add(message);
				FirstTry attempt = this.flow.firstTry(message, transaction);
				tries.add(attempt);
				if (attempt != null) {
					lanes.add(this.flow.order().key(message), () -> run(attempt));
				}
			}
		}
		finally {
			await(lanes);
		}
		for (int i = 0; i < window.size(); i++) {
			window.add(handle(window.message(i), transaction, tries.get(i), window.isSingle()));
		}
	}

	// Also when the connection is lost meanwhile: messages that come again must not meet
	// themselves.
	private static void await(Lanes lanes) {
		try {
			lanes.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new GivenBackException();
		}
	}

	private boolean run(FirstTry attempt) {
		this.inFlight.incrementAndGet();
		try {
			return attempt.run();
		}
		finally {
			this.inFlight.decrementAndGet();
		}
	}

	private Outcome handle(Message message, ConsumerTransaction transaction, @Nullable EarlierTry first, boolean alone)
			throws JMSException {
		this.inFlight.incrementAndGet();
		try {
			return this.flow.handle(message, transaction, first, alone, this.pause);
		}
		finally {
			this.inFlight.decrementAndGet();
		}
	}

	/**
	 * Takes message after message, until the window is full.
	 */
	private final class Filling {

		private final long openedAt = System.nanoTime();

		private final Window window;

		private final PacedConsumer consumer;

		private final int size;

		private long waited;

		Filling(Window window, PacedConsumer consumer, int size) {
			this.window = window;
			this.consumer = consumer;
			this.size = size;
		}

		long worked() {
			return System.nanoTime() - this.openedAt - this.waited;
		}

		@Nullable Message next(Message before) throws JMSException {
			// If this one kills the JVM, those that share its transaction come again
			// redelivered, and are from then on tried alone.
			if (before.getJMSRedelivered() || Delivery.isSuspect(before) || this.window.size() >= this.size
					|| !WindowWork.this.running.getAsBoolean() || WindowWork.this.flow.brake().isOn()) {
				return null;
			}
			long now = System.nanoTime();
			if (now - this.openedAt >= MAX_AGE || !WindowWork.this.rate.tryTake()) {
				return null;
			}
			Message next = this.consumer.receiveNoWait();
			if (next == null && isOnItsWay()) {
				next = this.consumer.receive(ON_ITS_WAY_MILLIS);
				this.waited += System.nanoTime() - now;
			}
			if (next == null) {
				WindowWork.this.rate.giveBack();
			}
			return next;
		}

		// Of a queue that has more, the broker hands over messages in batches: the first
		// of the next batch is worth more than the moment until it is there. A lone
		// message never waits.
		private boolean isOnItsWay() {
			int taken = this.window.size();
			return this.consumer.prefetched() > 1 && (this.consumer.isBusy() ? taken > 1 : taken > this.size / 2);
		}

	}

}
