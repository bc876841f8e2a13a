package org.activemessaging.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Gathers messages while others are on their way, and sends together what has gathered.
 * Nothing waits for company: whoever comes first is sent at once.
 */
final class BatchSender implements Runnable {

	private static final long POLL = TimeUnit.MILLISECONDS.toNanos(1);

	private static final int MOST_MESSAGES = 100;

	private static final int MOST_BYTES = 1024 * 1024;

	private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean working = new AtomicBoolean();

	private final Company company = new Company();

	private final Transactions transactions;

	private final ExecutorService threads;

	private final Predicate<OutboundMessage> mayShare;

	private final IntConsumer sizes;

	private final boolean gathering;

	/**
	 * Creates a sender.
	 * @param transactions what sends
	 * @param threads a thread of which it uses while there is something to send
	 * @param mayShare whether a message may be sent with others
	 * @param sizes is told how many messages were sent together
	 * @param gathering whether those who were sent together are waited for
	 */
	BatchSender(Transactions transactions, ExecutorService threads, Predicate<OutboundMessage> mayShare,
			IntConsumer sizes, boolean gathering) {
		this.transactions = transactions;
		this.threads = threads;
		this.mayShare = mayShare;
		this.sizes = sizes;
		this.gathering = gathering;
	}

	/**
	 * Adds a message.
	 * @throws RejectedExecutionException if nobody sends any more
	 */
	void add(Waiting message) {
		this.waiting.add(message);
		this.company.came();
		if (enter()) {
			try {
				this.threads.execute(this);
			}
			catch (RejectedExecutionException ex) {
				this.working.set(false);
				if (this.waiting.remove(message)) {
					this.company.left();
				}
				throw ex;
			}
		}
	}

	/**
	 * Whether nobody is sent, and nobody waits for it.
	 */
	boolean isIdle() {
		return !this.working.get();
	}

	private boolean enter() {
		return this.working.compareAndSet(false, true);
	}

	@Override
	public void run() {
		do {
			List<Waiting> batch = next();
			while (!batch.isEmpty()) {
				long startedAt = System.nanoTime();
				send(batch);
				if (this.gathering) {
					this.company.await(batch.size(), System.nanoTime() - startedAt);
				}
				batch = next();
			}
			this.working.set(false);
		}
		while (!this.waiting.isEmpty() && enter());
	}

	private List<Waiting> next() {
		List<Waiting> batch = new ArrayList<>();
		int bytes = 0;
		Waiting next = this.waiting.peek();
		while (next != null) {
			bytes += next.message().size();
			boolean alone = !this.mayShare.test(next.message());
			if (!batch.isEmpty() && (alone || bytes > MOST_BYTES || batch.size() == MOST_MESSAGES)) {
				break;
			}
			Waiting taken = this.waiting.poll();
			if (taken != null) {
				this.company.left();
				batch.add(taken);
			}
			next = alone ? null : this.waiting.peek();
		}
		return batch;
	}

	private void send(List<Waiting> batch) {
		if (!this.mayShare.test(batch.get(0).message())) {
			batch.forEach((message) -> message.decided(Verdict.ALONE));
			return;
		}
		long deadline = batch.get(0).deadline();
		Lane lane;
		try {
			lane = this.transactions.lane(messages(batch), deadline);
		}
		catch (RuntimeException ex) {
			Verdict verdict = Verdict.apart(ex);
			batch.forEach((message) -> message.decided(verdict));
			return;
		}
		List<Waiting> begun = batch.stream().filter(Waiting::begin).toList();
		if (begun.isEmpty()) {
			this.transactions.release(lane);
			return;
		}
		Verdict verdict = this.transactions.send(lane, messages(begun), deadline);
		if (verdict == Verdict.SENT) {
			this.sizes.accept(begun.size());
		}
		begun.forEach((message) -> message.decided(verdict));
	}

	private static List<OutboundMessage> messages(List<Waiting> batch) {
		return batch.stream().map(Waiting::message).toList();
	}

	/**
	 * Waits until nothing is left to send.
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 */
	void awaitIdle(long deadline) {
		while ((this.working.get() || !this.waiting.isEmpty()) && PublisherLanes.sleep(POLL, deadline)) {
			// Looks again.
		}
	}

	/**
	 * Sends nothing more.
	 */
	void drop() {
		Waiting left = this.waiting.poll();
		while (left != null) {
			this.company.left();
			left.decided(Verdict.ALONE);
			left = this.waiting.poll();
		}
	}

}
