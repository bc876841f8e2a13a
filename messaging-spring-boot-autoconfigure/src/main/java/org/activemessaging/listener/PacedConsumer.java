package org.activemessaging.listener;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import org.activemessaging.permit.PermitHolder;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that begins by pulling one message at a time. What comes back after a crash
 * stands at the head of the queue; as long as it is pulled, only the one message in work
 * counts as delivered if the application dies again. Then the consumer lets the broker
 * hand messages ahead, unless they have an order to keep. For use by one thread.
 */
final class PacedConsumer implements MessageConsumer {

	private final Opener opener;

	private final IntSupplier window;

	private final long pullUntil;

	private final BooleanSupplier connected;

	private final boolean pausing;

	private final @Nullable PermitHolder permit;

	private final GivingBack.Share givingBack;

	private @Nullable MessageConsumer consumer;

	private boolean alone;

	private int prefetch;

	private boolean busy;

	/**
	 * Opens a consumer.
	 * @param opener what opens it
	 * @param window how many messages the broker may hand ahead at present
	 * @param pausing whether the consumer may be closed and opened again, and begins by
	 * pulling messages to be tried alone
	 * @param pullUntil the time, by {@link System#nanoTime()}, before which the broker
	 * may not know of the end of an earlier consumer
	 * @param connected whether there is a broker at the other end at this moment
	 * @param permit what has to hold a permit while messages are in work, or {@code null}
	 * if none is needed
	 * @param givingBack what has to be asked before messages are given back
	 * @throws JMSException if the broker refuses it
	 */
	PacedConsumer(Opener opener, IntSupplier window, boolean pausing, long pullUntil, BooleanSupplier connected,
			@Nullable PermitHolder permit, GivingBack.Share givingBack) throws JMSException {
		this.opener = opener;
		this.window = window;
		this.pausing = pausing;
		this.alone = pausing;
		this.pullUntil = pullUntil;
		this.connected = connected;
		this.permit = permit;
		this.givingBack = givingBack;
		this.prefetch = pausing ? 0 : window.getAsInt();
		this.consumer = opener.open(this.prefetch);
	}

	/**
	 * Tells whether messages are to be tried alone.
	 * @return whether the next message is to be the only one of its transaction
	 */
	boolean isAlone() {
		return this.alone;
	}

	/**
	 * Tells whether all that an earlier consumer had been handed is in the queue again.
	 * @return whether it can be
	 */
	boolean isSettled() {
		return System.nanoTime() - this.pullUntil >= 0;
	}

	/**
	 * Pulls messages to be tried alone from now on. Not to be called while a transaction
	 * is open.
	 * @throws JMSException if the broker refuses it
	 */
	void pullAlone() throws JMSException {
		int ahead = this.prefetch;
		// Also if it pulls: what was taken back may be in the client's hands.
		reopen(0);
		this.givingBack.gaveBack(ahead);
		this.alone = true;
	}

	/**
	 * Pulls each message from now on, or lets the broker go on handing messages ahead if
	 * those that it was handed must not go back yet. Not to be called while a transaction
	 * is open.
	 * @throws JMSException if the broker refuses it
	 */
	void pull() throws JMSException {
		this.alone = false;
		if (this.prefetch > 0) {
			change(0);
		}
	}

	/**
	 * Lets the broker hand messages ahead from now on, as many as is best at present; or
	 * as many as before, if those that it was handed must not go back yet. Not to be
	 * called while a transaction is open.
	 * @throws JMSException if the broker refuses it
	 */
	void prefetch() throws JMSException {
		this.alone = false;
		change(this.window.getAsInt());
	}

	/**
	 * Lets the broker of a consumer that pulls hand one message ahead from now on. Not to
	 * be called while a transaction is open.
	 * @throws JMSException if the broker refuses it
	 */
	void prefetchOne() throws JMSException {
		this.alone = false;
		change(1);
	}

	private void change(int messages) throws JMSException {
		int ahead = this.prefetch;
		if (ahead == 0) {
			reopen(messages);
		}
		else if (this.givingBack.begin()) {
			try {
				reopen(messages);
			}
			finally {
				this.givingBack.end(ahead);
			}
		}
	}

	/**
	 * The consumer has taken messages.
	 * @param messages how many, 0 if there was none
	 */
	void took(int messages) {
		this.givingBack.took(messages, this.prefetch);
	}

	/**
	 * Takes a permit to have messages in work, where one is needed.
	 * @param timeout the longest wait, in milliseconds
	 * @return whether messages may be taken
	 * @throws JMSException if the broker refuses it
	 */
	boolean takePermit(long timeout) throws JMSException {
		return this.permit == null || this.permit.take(timeout);
	}

	/**
	 * Returns the permit, as no message is going to be taken soon.
	 * @throws JMSException if the broker refuses it
	 */
	void giveBackPermit() throws JMSException {
		if (this.permit != null) {
			this.permit.giveBack();
		}
	}

	/**
	 * Returns the permit if others should have it now. Not to be called while messages
	 * are in work.
	 * @param worked whether there was a message
	 * @throws JMSException if the broker refuses it
	 */
	void endTurn(boolean worked) throws JMSException {
		if (this.permit != null) {
			this.permit.endTurn(worked);
		}
	}

	private void reopen(int messages) throws JMSException {
		closeCurrent();
		this.prefetch = messages;
		this.consumer = this.opener.open(messages);
	}

	/**
	 * Tells how many messages the broker may hand ahead.
	 * @return the number, 0 if each is pulled
	 */
	int prefetched() {
		return this.prefetch;
	}

	/**
	 * Tells whether there have been more messages than the last transaction took.
	 * @return whether it was full
	 */
	boolean isBusy() {
		return this.busy;
	}

	void busy(boolean busy) {
		this.busy = busy;
	}

	/**
	 * Tells whether the consumer can be closed for a while.
	 * @return {@code false} if messages would be missed meanwhile
	 */
	boolean canPause() {
		return this.pausing;
	}

	/**
	 * Gives back what was handed ahead, and opens the consumer again when it is used the
	 * next time.
	 * @throws JMSException if the broker refuses it
	 */
	void pause() throws JMSException {
		// A client that reconnects by itself would wait for its broker here.
		if (this.pausing && this.connected.getAsBoolean()) {
			giveBackPermit();
			closeCurrent();
			if (this.prefetch > 0) {
				this.givingBack.gaveBack(this.prefetch);
			}
			this.alone = true;
			this.prefetch = 0;
		}
	}

	private MessageConsumer consumer() throws JMSException {
		MessageConsumer current = this.consumer;
		if (current == null) {
			current = this.opener.open(this.prefetch);
			this.consumer = current;
		}
		return current;
	}

	@Override
	public Message receive() throws JMSException {
		return consumer().receive();
	}

	@Override
	public Message receive(long timeout) throws JMSException {
		return consumer().receive(timeout);
	}

	@Override
	public Message receiveNoWait() throws JMSException {
		return consumer().receiveNoWait();
	}

	@Override
	public String getMessageSelector() throws JMSException {
		return consumer().getMessageSelector();
	}

	@Override
	public MessageListener getMessageListener() throws JMSException {
		return consumer().getMessageListener();
	}

	@Override
	public void setMessageListener(MessageListener listener) throws JMSException {
		consumer().setMessageListener(listener);
	}

	@Override
	public void close() throws JMSException {
		try {
			closeCurrent();
		}
		finally {
			if (this.permit != null) {
				this.permit.close();
			}
		}
	}

	private void closeCurrent() throws JMSException {
		MessageConsumer current = this.consumer;
		this.consumer = null;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * Opens consumers.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * Opens one.
		 * @param prefetch how many messages the broker may hand ahead, 0 to hand each
		 * over when it is asked for
		 * @return the consumer
		 * @throws JMSException if the broker refuses it
		 */
		MessageConsumer open(int prefetch) throws JMSException;

	}

}
