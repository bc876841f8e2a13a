package org.activemessaging.listener;

import java.time.Duration;
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

	private static final Duration BETWEEN_PULLS = Duration.ofMillis(50);

	private final ThreadLocal<ConsumerTransaction> transactions = new ThreadLocal<>();

	private final Broker broker;

	private final Pace pace;

	private final InboundFlow flow;

	private final WindowWork work;

	private final AcknowledgeStrategy acknowledge;

	private final Turn turn;

	private final BooleanSupplier running;

	private final Pause pause;

	private final Prefetching prefetching;

	/**
	 * Creates a receiver for all consumers of a processor.
	 * @param broker the broker of the consumers
	 * @param pace how many messages share a transaction
	 * @param flow what handles a message
	 * @param work what takes and handles the messages of a window
	 * @param acknowledge how messages are acknowledged
	 * @param turn whose turn it is to try a message alone
	 * @param running whether to take more messages
	 * @param pause what waits until the container stops
	 * @param pulled whether no messages are to be handed ahead at all
	 */
	WindowReceiver(Broker broker, Pace pace, InboundFlow flow, WindowWork work, AcknowledgeStrategy acknowledge,
			Turn turn, BooleanSupplier running, Pause pause, boolean pulled) {
		this.broker = broker;
		this.pace = pace;
		this.flow = flow;
		this.work = work;
		this.acknowledge = acknowledge;
		this.turn = turn;
		this.running = running;
		this.pause = pause;
		this.prefetching = new Prefetching(flow.order(), pulled,
				broker.adapter().pullsSeveral() ? Prefetching.SAMPLE : 1);
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
		if (this.flow.brake().isOn()) {
			consumer.giveBackPermit();
		}
		Brake.Pass pass = this.flow.brake().pass(this.pause);
		if (pass == null) {
			// Who has the pass must not wait for messages that others have been handed.
			consumer.pause();
			return false;
		}
		try {
			if (!consumer.takePermit(timeout)) {
				return false;
			}
			boolean worked = consumer.isAlone() ? receiveAlone(session, consumer, timeout, received) : receiveWindow(
					session, consumer, timeout, (pass == Brake.Pass.SINGLE) ? 1 : size(consumer), received);
			consumer.endTurn(worked);
			return worked;
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
			consumer.took(0);
			awaitNext(consumer);
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
		int handled = handle(session, consumer, message, size, received);
		consumer.busy(handled == size);
		consumer.took(handled);
		if (isPaced(consumer)) {
			pace(consumer, handled * 2 >= size);
		}
		return true;
	}

	private void pace(PacedConsumer consumer, boolean used) throws JMSException {
		if (this.prefetching.isNever()) {
			// What one consumer has seen, the others of the processor need not see.
			consumer.pull();
		}
		else if (!this.prefetching.isAllowed()) {
			// The one message ahead was for the time without any: a window takes as many
			// as are ahead, or as many as it can pull.
			consumer.pull();
		}
		else if (consumer.prefetched() == 0 || this.pace.isWorthwhile(consumer.prefetched(), used)) {
			consumer.prefetch();
		}
	}

	// To ask for it again and again is slower than to be handed it.
	private void awaitNext(PacedConsumer consumer) throws JMSException {
		if (isPaced(consumer)) {
			if (this.prefetching.isNever()) {
				consumer.pull();
			}
			else if (consumer.prefetched() == 0) {
				goOn(consumer, this.prefetching.isAllowed());
			}
		}
	}

	private boolean isPaced(PacedConsumer consumer) {
		return consumer.canPause() && this.acknowledge.countsCrashes();
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
			if (message != null) {
				handle(session, consumer, message, 1, received);
			}
			if (fresh && consumer.isSettled()) {
				goOn(consumer, message != null);
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

	// Until it is known what kind of messages come, there is no more than one ahead.
	private void goOn(PacedConsumer consumer, boolean seen) throws JMSException {
		if (seen && this.prefetching.isAllowed()) {
			consumer.prefetch();
		}
		else if (seen || this.prefetching.isNever()) {
			consumer.pull();
		}
		else {
			consumer.prefetchOne();
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
			this.work.fill(window, transaction, consumer, first, size);
			this.prefetching.notice(window);
			this.acknowledge.done(session, window.last(), window.lastMoved());
		}
		catch (GivenBackException ex) {
			this.acknowledge.takeBack(session);
			window.givenBack(this.flow);
			return window.size();
		}
		catch (JMSException ex) {
			window.givenBack(this.flow);
			if (isTakenBack(session, ex) && !this.broker.adapter().isConnectionLost(ex)
					&& isDealtWith(window, transaction, ex)) {
				return window.size();
			}
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			window.givenBack(this.flow);
			isTakenBack(session, ex);
			throw ex;
		}
		window.committed(this.flow);
		return window.size();
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

}
