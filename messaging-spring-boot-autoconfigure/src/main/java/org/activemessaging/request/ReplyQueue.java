package org.activemessaging.request;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConnectionLoop;
import org.activemessaging.broker.QueueRemoval;
import org.activemessaging.listener.InboundMessages;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The queue of this instance on one broker to which replies come, and the requests that
 * wait for them. A queue with a name, not a temporary one: that would be gone with its
 * connection, and whoever replies then would fail with his own message.
 */
final class ReplyQueue {

	private static final Log logger = LogFactory.getLog(CorrelatingMessageRequester.class);

	private static final int PREFETCH = 100;

	private static final long SLICE = 500;

	private final Map<String, PendingReply<?>> pending = new ConcurrentHashMap<>();

	private final Broker broker;

	private final Address address;

	private final long maxPayloadSize;

	private final Executor executor;

	private final Consumer<Broker> late;

	private final ConnectionLoop loop;

	private final Thread thread;

	private volatile CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

	/**
	 * Creates the queue, which is opened by a thread of its own.
	 * @param broker the broker
	 * @param address the queue
	 * @param maxPayloadSize the largest payload that is taken, in bytes or characters
	 * @param executor where replies are read
	 * @param late is told of replies that nobody waits for
	 */
	ReplyQueue(Broker broker, Address address, long maxPayloadSize, Executor executor, Consumer<Broker> late) {
		this.broker = broker;
		this.address = address;
		this.maxPayloadSize = maxPayloadSize;
		this.executor = executor;
		this.late = late;
		this.loop = new ConnectionLoop(broker, "messaging-replies-close-" + broker.name(), logger,
				"The queue for replies on " + broker, this::listen);
		this.thread = new Thread(this.loop, "messaging-replies-" + broker.name());
		this.thread.setDaemon(true);
	}

	ReplyQueue start() {
		this.thread.start();
		return this;
	}

	Address address() {
		return this.address;
	}

	int waiting() {
		return this.pending.size();
	}

	/**
	 * Returns a future that completes when a reply would arrive.
	 */
	CompletableFuture<@Nullable Void> ready() {
		return this.ready;
	}

	/**
	 * Tells why no reply can come at present.
	 * @return the end of a sentence, empty if nothing is known
	 */
	String trouble() {
		String reason = this.loop.outageReason();
		return (reason != null) ? ": no connection to " + this.broker + ": " + reason : "";
	}

	void await(String correlationId, PendingReply<?> reply) {
		this.pending.put(correlationId, reply);
		reply.result().whenComplete((result, failure) -> this.pending.remove(correlationId, reply));
	}

	private void listen(Connection connection) throws JMSException {
		try {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			MessageConsumer consumer = this.broker.adapter().createConsumer(session, this.address, PREFETCH, null);
			connection.start();
			this.loop.connected();
			this.ready.complete(null);
			while (!this.loop.isStopped(0)) {
				Message message = consumer.receive(SLICE);
				if (message != null) {
					take(message);
				}
				else if (!this.broker.adapter().isConnected(connection)) {
					throw new jakarta.jms.IllegalStateException("The connection is lost");
				}
			}
			consumer.close();
			remove(connection);
		}
		finally {
			if (this.ready.isDone()) {
				this.ready = new CompletableFuture<>();
			}
		}
	}

	private void take(Message message) throws JMSException {
		String correlationId = message.getJMSCorrelationID();
		PendingReply<?> reply = (correlationId != null) ? this.pending.remove(correlationId) : null;
		if (reply == null) {
			this.late.accept(this.broker);
			logger.debug("A reply came for which nobody waits any more");
			return;
		}
		try {
			org.springframework.messaging.Message<?> read = InboundMessages.read(message, this.maxPayloadSize);
			this.executor.execute(() -> reply.complete(read));
		}
		catch (RuntimeException ex) {
			reply.fail(ex);
		}
	}

	private void remove(Connection connection) {
		if (this.broker.adapter() instanceof QueueRemoval removal) {
			try {
				removal.remove(connection, this.address);
			}
			catch (JMSException | RuntimeException ex) {
				logger.debug("The queue for replies stays on the broker", ex);
			}
		}
	}

	void stop() {
		this.loop.close();
		this.pending.values().forEach((reply) -> reply.end(": the application ends"));
	}

	void awaitEnd(long millis) throws InterruptedException {
		this.thread.join(Math.max(1, millis));
	}

}
