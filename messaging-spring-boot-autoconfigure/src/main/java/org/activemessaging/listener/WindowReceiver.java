package org.activemessaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;

/**
 * Receives a window of messages in one transaction, has each of them handled, and
 * commits. What the broker has handed out before without hearing of it again is pulled
 * and tried alone: alone in its transaction, and alone in the application.
 */
final class WindowReceiver {

	// An open transaction holds locks and memory on the broker.
	private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(100);

	// How long the next message of a queue that has more of them may be on its way.
	private static final long ON_ITS_WAY_MILLIS = 2;

	private static final Duration BETWEEN_PULLS = Duration.ofMillis(50);

	private final ThreadLocal<ConsumerTransaction> transactions = new ThreadLocal<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Broker broker;

	private final Pace pace;

	private final InboundFlow flow;

	private final AcknowledgeStrategy acknowledge;

	private final Turn turn;

	private final BooleanSupplier running;

	private final InboundFlow.Pause pause;

	/**
	 * Creates a receiver for all consumers of a processor.
	 * @param broker the broker of the consumers
	 * @param pace how many messages share a transaction
	 * @param flow what handles a message
	 * @param acknowledge how messages are acknowledged
	 * @param turn whose turn it is to try a message alone
	 * @param running whether to take more messages
	 * @param pause what waits until the container stops
	 */
	WindowReceiver(Broker broker, Pace pace, InboundFlow flow, AcknowledgeStrategy acknowledge, Turn turn,
			BooleanSupplier running, InboundFlow.Pause pause) {
		this.broker = broker;
		this.pace = pace;
		this.flow = flow;
		this.acknowledge = acknowledge;
		this.turn = turn;
		this.running = running;
		this.pause = pause;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	/**
	 * Receives a window of messages and handles them.
	 * @param session the session of the consumer
	 * @param consumer the consumer
	 * @param timeout the longest wait for the first message, in milliseconds
	 * @param received what is told when the first message is there
	 * @return whether there was a message
	 * @throws JMSException if the broker is in trouble
	 */
	boolean receive(Session session, PacedConsumer consumer, long timeout, Runnable received) throws JMSException {
		Brake.Pass pass = this.flow.brake().pass(this.pause);
		if (pass == null) {
			return false;
		}
		try {
			if (consumer.isAlone()) {
				return receiveAlone(session, consumer, timeout, received);
			}
			return receiveWindow(session, consumer, timeout, (pass == Brake.Pass.SINGLE) ? 1 : size(consumer),
					received);
		}
		finally {
			this.flow.brake().giveBack(pass);
			if (!this.running.getAsBoolean()) {
				consumer.pause();
			}
		}
	}

	// Of what is pulled, or comes without a limit, as many as the processor can do with.
	private int size(PacedConsumer consumer) {
		int window = this.acknowledge.window(this.pace.window());
		return (consumer.prefetched() > 0) ? Math.min(window, consumer.prefetched()) : window;
	}

	private boolean receiveWindow(Session session, PacedConsumer consumer, long timeout, int size, Runnable received)
			throws JMSException {
		Message message = consumer.receive(timeout);
		if (message == null) {
			return false;
		}
		if (isLate(consumer)) {
			takeBack(session, message);
			return false;
		}
		if (this.acknowledge.countsCrashes() && this.flow.isDangerous(message)) {
			takeBack(session, message);
			// Handed ahead with it are others, which would count as involved.
			consumer.pullAlone();
			return true;
		}
		boolean grouped = Delivery.isGrouped(message);
		int handled = handle(session, consumer, message, size, received);
		consumer.busy(handled == size);
		if (!consumer.canPause() || !this.acknowledge.countsCrashes()) {
			return true;
		}
		if (grouped) {
			consumer.pull();
		}
		else if (consumer.prefetched() > 0 && this.pace.isWorthwhile(consumer.prefetched(), handled)) {
			consumer.prefetch();
		}
		return true;
	}

	private boolean receiveAlone(Session session, PacedConsumer consumer, long timeout, Runnable received)
			throws JMSException {
		// Taken before the message is pulled: one that only waits for its turn would
		// count as involved if the application died.
		if (!this.turn.take(consumer, Duration.ofMillis(timeout))) {
			return false;
		}
		try {
			Message message = consumer.receiveNoWait();
			if (message != null && isLate(consumer)) {
				takeBack(session, message);
				return false;
			}
			boolean fresh = message == null || !message.getJMSRedelivered();
			boolean grouped = message != null && Delivery.isGrouped(message);
			if (message != null) {
				handle(session, consumer, message, 1, received);
			}
			if (fresh && consumer.isSettled()) {
				goOn(consumer, grouped);
			}
			if (message != null || !consumer.isAlone()) {
				return message != null;
			}
		}
		finally {
			this.turn.giveBack(consumer);
		}
		this.pause.sleep(BETWEEN_PULLS);
		return false;
	}

	// Messages of a group are not handed ahead: what several consumers of an application
	// that dies had not begun yet would come back in another order.
	private void goOn(PacedConsumer consumer, boolean grouped) throws JMSException {
		if (grouped) {
			consumer.pull();
		}
		else {
			consumer.prefetch();
		}
	}

	// A stopped container takes no message, but its consumer may still have asked for
	// one.
	private boolean isLate(PacedConsumer consumer) {
		return !this.running.getAsBoolean() && consumer.canPause();
	}

	private void takeBack(Session session, Message message) throws JMSException {
		this.acknowledge.takeBack(session);
		this.flow.givenBack(message);
	}

	private int handle(Session session, PacedConsumer consumer, Message first, int size, Runnable received)
			throws JMSException {
		received.run();
		Window window = new Window();
		ConsumerTransaction transaction = transactionOn(session);
		transaction.begin();
		try {
			fill(window, transaction, consumer, first, size);
			this.acknowledge.done(session, window.last(), window.lastMoved());
		}
		catch (InboundFlow.GivenBackException ex) {
			this.acknowledge.takeBack(session);
			givenBack(window);
			return window.messages.size();
		}
		catch (JMSException ex) {
			givenBack(window);
			if (isTakenBack(session, ex) && !this.broker.adapter().isConnectionLost(ex)
					&& isDealtWith(window, transaction, ex)) {
				return window.messages.size();
			}
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			givenBack(window);
			isTakenBack(session, ex);
			throw ex;
		}
		for (int i = 0; i < window.messages.size(); i++) {
			this.flow.committed(window.messages.get(i), window.outcomes.get(i));
		}
		return window.messages.size();
	}

	private void fill(Window window, ConsumerTransaction transaction, PacedConsumer consumer, Message first, int size)
			throws JMSException {
		long openedAt = System.nanoTime();
		long waited = 0;
		Message message = first;
		while (message != null) {
			window.messages.add(message);
			// If this one kills the JVM, those that share its transaction come again
			// redelivered, and are from then on tried alone.
			boolean last = message.getJMSRedelivered() || Delivery.isSuspect(message);
			window.outcomes.add(handle(message, transaction, window.isSingle()));
			long now = System.nanoTime();
			boolean open = !last && window.messages.size() < size && this.running.getAsBoolean()
					&& now - openedAt < MAX_AGE;
			message = open ? consumer.receiveNoWait() : null;
			if (open && message == null && isOnItsWay(window, consumer, size)) {
				message = consumer.receive(ON_ITS_WAY_MILLIS);
				waited += System.nanoTime() - now;
			}
		}
		this.pace.took(window.messages.size(), System.nanoTime() - openedAt - waited);
	}

	// Of a queue that has more, the broker hands over messages in batches: the first of
	// the next batch is worth more than the moment until it is there. A lone message
	// never waits.
	private static boolean isOnItsWay(Window window, PacedConsumer consumer, int size) {
		return consumer.prefetched() > 1
				&& (consumer.isBusy() ? window.messages.size() > 1 : window.messages.size() > size / 2);
	}

	private InboundFlow.Outcome handle(Message message, ConsumerTransaction transaction, boolean alone)
			throws JMSException {
		this.inFlight.incrementAndGet();
		try {
			return this.flow.handle(message, transaction, alone, this.pause);
		}
		finally {
			this.inFlight.decrementAndGet();
		}
	}

	private void givenBack(Window window) throws JMSException {
		for (Message message : window.messages) {
			this.flow.givenBack(message);
		}
	}

	private boolean isTakenBack(Session session, Throwable failure) {
		try {
			this.acknowledge.takeBack(session);
			return true;
		}
		catch (JMSException ex) {
			// The connection is gone, and the broker rolls back by itself.
			failure.addSuppressed(ex);
			return false;
		}
	}

	// The broker can be reached and has refused the transaction. Of several messages
	// nobody knows which one it was: then each comes again in a transaction of its own.
	private boolean isDealtWith(Window window, ConsumerTransaction transaction, JMSException refusal)
			throws JMSException {
		return !window.isSingle() || this.flow.refused(window.last(), transaction.hasPublished(), refusal);
	}

	private ConsumerTransaction transactionOn(Session session) {
		ConsumerTransaction transaction = this.transactions.get();
		if (transaction == null || !transaction.isOn(session)) {
			transaction = new ConsumerTransaction(this.broker, session);
			this.transactions.set(transaction);
		}
		return transaction;
	}

	/**
	 * The messages of one transaction.
	 */
	private static final class Window {

		private final List<Message> messages = new ArrayList<>();

		private final List<InboundFlow.Outcome> outcomes = new ArrayList<>();

		boolean isSingle() {
			return this.messages.size() == 1;
		}

		Message last() {
			return this.messages.get(this.messages.size() - 1);
		}

		boolean lastMoved() {
			return this.outcomes.get(this.outcomes.size() - 1).moved();
		}

	}

}
