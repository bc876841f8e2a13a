package org.activemessaging.broker.stomp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.facade.FacadeSession;
import org.jspecify.annotations.Nullable;

/**
 * A session with a connection of its own. What is sent in a transaction waits for its
 * commit, which has the broker confirm it before what was received is acknowledged; where
 * the broker can, both are one. What is rolled back is received again from here: a
 * message is never refused, as that loses it on one broker and dead-letters it on
 * another.
 */
final class StompSession extends FacadeSession {

	/**
	 * The mode in which each message is acknowledged on its own.
	 */
	static final int INDIVIDUAL_ACKNOWLEDGE = 4;

	// For consumers that say nothing about it.
	private static final int PREFETCH = 10;

	private static final long CLOSE_TIMEOUT = 2000;

	private final StompSubscriptions subscriptions = new StompSubscriptions(this);

	private final Set<StompDelivery> unacknowledged = new LinkedHashSet<>();

	private final List<StompFrame> sends = new ArrayList<>();

	private final StompConnection connection;

	private final int mode;

	private volatile StompSocket socket;

	private volatile boolean closed;

	private boolean reopenWhenIdle;

	private long nextTransaction;

	StompSession(StompConnection connection, StompSocket socket, int mode) {
		this.connection = connection;
		this.socket = socket;
		this.mode = mode;
	}

	StompConnection connection() {
		return this.connection;
	}

	StompSocket socket() {
		return this.socket;
	}

	boolean isStarted() {
		return this.connection.isStarted();
	}

	boolean isClosed() {
		return this.closed;
	}

	void check() throws JMSException {
		if (this.closed) {
			throw StompFailures.closed("session");
		}
		this.socket.check();
	}

	synchronized void wake() {
		this.subscriptions.wake();
	}

	@Override
	public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector)
			throws JMSException {
		if (!(destination instanceof StompDestination stomp)) {
			throw new InvalidDestinationException("The destination is of another client");
		}
		return createConsumer(stomp.address(), PREFETCH, messageSelector);
	}

	StompConsumer createConsumer(Address address, int prefetch, @Nullable String selector) throws JMSException {
		return createConsumer(address, null, prefetch, selector);
	}

	synchronized StompConsumer createConsumer(Address address, @Nullable DurableSubscription subscription, int prefetch,
			@Nullable String selector) throws JMSException {
		check();
		return this.subscriptions.open(address, subscription, prefetch, selector);
	}

	/**
	 * Sends a frame, and waits until the broker has dealt with it.
	 */
	void request(StompFrame frame) throws JMSException {
		request(frame, 0);
	}

	private void request(StompFrame frame, long timeout) throws JMSException {
		this.socket.await(this.socket.request(frame), limit(timeout));
	}

	private long limit(long timeout) {
		return (timeout > 0) ? timeout : this.socket.options().receiptTimeout().toMillis();
	}

	/**
	 * Ends a subscription, unless something of it is still to be acknowledged.
	 */
	synchronized void closed(StompConsumer consumer) throws JMSException {
		if (this.subscriptions.end(consumer)) {
			this.reopenWhenIdle = true;
			reopenIfIdle();
		}
	}

	private void reopenIfIdle() throws JMSException {
		if (this.reopenWhenIdle && this.unacknowledged.isEmpty()) {
			this.reopenWhenIdle = false;
			this.socket.close(CLOSE_TIMEOUT);
			reopen();
		}
	}

	// All that was handed out on the old connection is on the broker again.
	private void reopen() throws JMSException {
		this.socket = this.connection.open();
		this.unacknowledged.clear();
		this.subscriptions.resume();
	}

	synchronized Message taken(StompDelivery delivery) throws JMSException {
		StompMessage message = StompMessages.message(delivery.frame(), this.socket.dialect(), delivery.redeliveries());
		if (this.mode == Session.AUTO_ACKNOWLEDGE || this.mode == Session.DUPS_OK_ACKNOWLEDGE) {
			this.socket.send(delivery.acknowledgement(null));
			this.socket.flush();
			return message;
		}
		this.unacknowledged.add(delivery);
		delivery.consumer().taken(1);
		if (this.mode != Session.SESSION_TRANSACTED) {
			message.deliveredBy(delivery);
		}
		return message;
	}

	synchronized void send(StompMessage message, Address address, long timeout) throws JMSException {
		check();
		StompFrame frame = StompMessages.frame(message, address, this.socket.dialect(), this.socket.options(),
				this.socket.version());
		if (this.mode == Session.SESSION_TRANSACTED) {
			this.sends.add(frame);
		}
		else {
			request(frame, timeout);
		}
	}

	/**
	 * Acknowledges a message, or all in the mode that knows no single ones.
	 */
	synchronized void acknowledge(StompDelivery delivery) throws JMSException {
		check();
		if (delivery.socket() != this.socket) {
			throw new jakarta.jms.IllegalStateException("The message will come again on another connection");
		}
		if (this.mode == Session.CLIENT_ACKNOWLEDGE) {
			acknowledge(List.copyOf(this.unacknowledged), null);
		}
		else if (this.unacknowledged.contains(delivery)) {
			acknowledge(List.of(delivery), null);
		}
		reopenIfIdle();
	}

	// The broker takes one after the other, so its word about the last is one about all.
	private void acknowledge(List<StompDelivery> deliveries, @Nullable String transaction) throws JMSException {
		CompletableFuture<StompFrame> receipt = null;
		for (int i = 0; i < deliveries.size(); i++) {
			StompFrame frame = deliveries.get(i).acknowledgement(transaction);
			if (transaction == null && i == deliveries.size() - 1) {
				receipt = this.socket.request(frame);
			}
			else {
				this.socket.send(frame);
			}
		}
		if (receipt != null) {
			this.socket.await(receipt, limit(0));
		}
		if (transaction == null) {
			done(deliveries);
		}
	}

	private void done(List<StompDelivery> deliveries) throws JMSException {
		for (StompDelivery delivery : deliveries) {
			this.unacknowledged.remove(delivery);
			delivery.consumer().taken(-1);
			if (delivery.consumer().isClosed()) {
				closed(delivery.consumer());
			}
		}
	}

	@Override
	public synchronized void commit() throws JMSException {
		checkTransacted();
		check();
		List<StompDelivery> deliveries = List.copyOf(this.unacknowledged);
		boolean together = !this.sends.isEmpty() && this.socket.dialect().acknowledgesInTransactions();
		String transaction = together ? "t-" + (++this.nextTransaction) : null;
		sendAll(transaction);
		acknowledge(deliveries, transaction);
		if (transaction != null) {
			request(StompFrame.of("COMMIT", Map.of("transaction", transaction)));
			done(deliveries);
		}
		this.sends.clear();
		reopenIfIdle();
	}

	// A commit that followed before the broker's word could be obeyed although a message
	// was refused, and then what was received would be gone.
	private void sendAll(@Nullable String transaction) throws JMSException {
		if (transaction != null) {
			this.socket.send(StompFrame.of("BEGIN", Map.of("transaction", transaction)));
		}
		List<CompletableFuture<StompFrame>> receipts = new ArrayList<>();
		for (StompFrame send : this.sends) {
			if (transaction != null) {
				send.headers().put("transaction", transaction);
			}
			receipts.add(this.socket.request(send));
		}
		for (CompletableFuture<StompFrame> receipt : receipts) {
			this.socket.await(receipt, limit(0));
		}
	}

	@Override
	public synchronized void rollback() throws JMSException {
		checkTransacted();
		takeBack();
	}

	@Override
	public synchronized void recover() throws JMSException {
		if (this.mode == Session.SESSION_TRANSACTED) {
			throw new jakarta.jms.IllegalStateException("The session is transacted");
		}
		takeBack();
	}

	private void takeBack() throws JMSException {
		this.sends.clear();
		if (this.closed) {
			throw StompFailures.closed("session");
		}
		if (this.socket.isEndedByBroker()) {
			reopen();
			return;
		}
		check();
		List<StompDelivery> deliveries = new ArrayList<>(this.unacknowledged);
		for (int i = deliveries.size() - 1; i >= 0; i--) {
			deliveries.get(i).consumer().giveBack(deliveries.get(i));
		}
		done(deliveries);
		reopenIfIdle();
	}

	private void checkTransacted() throws JMSException {
		if (this.mode != Session.SESSION_TRANSACTED) {
			throw new jakarta.jms.IllegalStateException("The session is not transacted");
		}
	}

	@Override
	public void close() {
		close(CLOSE_TIMEOUT);
	}

	/**
	 * Tells the broker that nothing follows, without waiting for its answer. Not by one
	 * at a time: who waits for the broker here must not hold up who closes it.
	 */
	void disconnect() {
		this.closed = true;
		this.socket.disconnect();
	}

	void close(long timeout) {
		disconnect();
		this.connection.closed(this);
		this.socket.close(timeout);
	}

	@Override
	public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
		check();
		return new StompProducer(this, destination);
	}

	@Override
	public QueueBrowser createBrowser(Queue queue, @Nullable String messageSelector) throws JMSException {
		check();
		return new StompBrowser(this, queue, messageSelector);
	}

	@Override
	public BytesMessage createBytesMessage() {
		return new StompBytesMessage();
	}

	@Override
	public TextMessage createTextMessage() {
		return new StompTextMessage();
	}

	@Override
	public Queue createQueue(String queueName) {
		return new StompDestination(Address.queue(queueName));
	}

	@Override
	public Topic createTopic(String topicName) {
		return new StompDestination(Address.topic(topicName));
	}

	@Override
	public boolean getTransacted() {
		return this.mode == Session.SESSION_TRANSACTED;
	}

	@Override
	public int getAcknowledgeMode() {
		return this.mode;
	}

}
