package org.activemessaging.broker.sqs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * The requests for messages of one queue, made in the background for all its consumers on
 * a connection: a single one that waits as long as the queue is empty, and one for each
 * consumer that wants messages as long as it is not. A request cannot be taken back
 * without risking that its answer is lost, so it is waited for even if nobody wants its
 * messages any more: then the next consumer gets them, or they are given back.
 */
final class SqsPoll {

	// Until a queue exists that is created by whoever sends something to it.
	private static final long LOOK_AGAIN_MILLIS = 250;

	private final Deque<SqsConsumer> wanting = new ArrayDeque<>();

	private final SqsConnection connection;

	private final String queue;

	private final boolean lazy;

	private int requests;

	private long lookedUpAt;

	private boolean lookedUp;

	/**
	 * Creates the requests for a queue.
	 * @param connection the connection
	 * @param queue the queue
	 * @param lazy whether to wait for somebody else to create the queue
	 */
	SqsPoll(SqsConnection connection, String queue, boolean lazy) {
		this.connection = connection;
		this.queue = queue;
		this.lazy = lazy;
	}

	synchronized void want(SqsConsumer consumer) {
		this.wanting.add(consumer);
		if (this.requests == 0) {
			request();
		}
	}

	synchronized void forget(SqsConsumer consumer) {
		this.wanting.remove(consumer);
	}

	private void request() {
		if (this.connection.execute(this::run)) {
			this.requests++;
		}
	}

	private void run() {
		boolean goesOn = true;
		while (goesOn) {
			goesOn = once();
		}
	}

	// Returns whether this thread is to ask again.
	private boolean once() {
		SqsConsumer first = first();
		if (first == null) {
			return false;
		}
		List<SqsReceived> received;
		try {
			if (this.lazy && !exists()) {
				lookAgain();
				return false;
			}
			received = this.connection.receive(this.queue, first.wanted(), this.connection.waitSeconds());
		}
		catch (JMSException ex) {
			fail(ex);
			return false;
		}
		catch (RuntimeException ex) {
			JMSException failure = new JMSException("No messages of queue " + this.queue + " were received");
			failure.initCause(ex);
			fail(failure);
			return false;
		}
		distribute(received);
		return goesOn(!received.isEmpty());
	}

	// A consumer is never asked with the lock held: it asks with its own lock held.
	private synchronized @Nullable SqsConsumer first() {
		SqsConsumer first = this.wanting.peek();
		if (first == null) {
			this.requests--;
		}
		return first;
	}

	private boolean exists() throws JMSException {
		SqsService service = this.connection.service();
		if (service.queues().known(this.queue) != null) {
			return true;
		}
		long now = System.nanoTime();
		if (this.lookedUp && now - this.lookedUpAt < service.settings().groupRefresh().toNanos()) {
			return false;
		}
		this.lookedUp = true;
		this.lookedUpAt = now;
		return service.queues().existing(this.queue) != null;
	}

	private synchronized void lookAgain() {
		this.requests--;
		this.connection.schedule(this::resume, LOOK_AGAIN_MILLIS);
	}

	private synchronized void resume() {
		if (this.requests == 0 && !this.wanting.isEmpty()) {
			request();
		}
	}

	private void fail(JMSException failure) {
		List<SqsConsumer> waiting;
		synchronized (this) {
			this.requests--;
			waiting = new ArrayList<>(this.wanting);
			this.wanting.clear();
		}
		this.connection.note(failure);
		waiting.forEach((consumer) -> consumer.fail(failure));
	}

	private synchronized boolean goesOn(boolean found) {
		if (this.wanting.isEmpty() || (!found && this.requests > 1)) {
			this.requests--;
			return false;
		}
		if (found && this.requests < this.wanting.size()) {
			request();
		}
		return true;
	}

	private void distribute(List<SqsReceived> received) {
		List<SqsReceived> rest = received;
		SqsConsumer consumer = rest.isEmpty() ? null : next();
		while (consumer != null) {
			int taken = consumer.accept(rest);
			rest = rest.subList(taken, rest.size());
			// Of a group in order, two consumers must not have messages at a time.
			boolean done = rest.isEmpty() || (taken > 0 && SqsNames.isFifo(this.queue));
			consumer = done ? null : next();
		}
		if (!rest.isEmpty()) {
			List<SqsLease> leases = new ArrayList<>(rest.stream().map(SqsReceived::lease).toList());
			Collections.reverse(leases);
			this.connection.leases().giveBackUnseen(leases);
		}
	}

	private synchronized @Nullable SqsConsumer next() {
		return this.wanting.poll();
	}

}
