package org.activemessaging.broker.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.amazon.sqs.javamessaging.SQSMessagingClientConstants;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.activemessaging.broker.facade.FacadeConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * A connection: the service has none, so this is what shares the holding of messages and
 * the requests for them, and what breaks when the service does not answer.
 */
final class SqsConnection extends FacadeConnection {

	private static final Log logger = LogFactory.getLog(SqsConnection.class);

	private final Map<String, SqsPoll> polls = new ConcurrentHashMap<>();

	private final Set<SqsSession> sessions = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final AtomicBoolean broken = new AtomicBoolean();

	private final SqsService service;

	private final SqsLeases leases;

	private final ThreadPoolExecutor requests;

	private @Nullable ScheduledThreadPoolExecutor heartbeat;

	private volatile boolean started;

	/**
	 * Creates a connection.
	 * @param service the service, which is in use already for this connection
	 */
	SqsConnection(SqsService service) {
		this.service = service;
		this.leases = new SqsLeases(service);
		this.requests = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 2, TimeUnit.SECONDS, new SynchronousQueue<>(),
				threads("messaging-sqs-" + service.profile().name() + "-"));
	}

	private static CustomizableThreadFactory threads(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

	SqsService service() {
		return this.service;
	}

	SqsLeases leases() {
		return this.leases;
	}

	// A delay queue is looked for without being created: most applications need few of
	// them.
	SqsPoll poll(String queue) {
		return this.polls.computeIfAbsent(queue, (name) -> new SqsPoll(this, name, name.startsWith(SqsNames.DELAY)));
	}

	boolean isStarted() {
		return this.started;
	}

	boolean isBroken() {
		return this.broken.get() || this.closed.get();
	}

	int waitSeconds() {
		return (int) this.service.settings().waitTime().toSeconds();
	}

	/**
	 * Runs something in the background, with the client kept open for it.
	 * @return whether it runs
	 */
	boolean execute(Runnable task) {
		this.service.acquire();
		try {
			this.requests.execute(() -> {
				try {
					task.run();
				}
				finally {
					this.service.release();
				}
			});
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.service.release();
			return false;
		}
	}

	void schedule(Runnable task, long millis) {
		ScheduledThreadPoolExecutor scheduler = heartbeat();
		try {
			scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The connection is closed", ex);
		}
	}

	private synchronized ScheduledThreadPoolExecutor heartbeat() {
		ScheduledThreadPoolExecutor current = this.heartbeat;
		if (current == null) {
			current = new ScheduledThreadPoolExecutor(1,
					threads("messaging-sqs-heartbeat-" + this.service.profile().name() + "-"));
			this.heartbeat = current;
			long period = Math.max(100, this.service.settings().visibilityTimeout().toMillis() / 6);
			if (this.closed.get()) {
				current.shutdown();
			}
			else {
				current.scheduleWithFixedDelay(this.leases::extend, period, period, TimeUnit.MILLISECONDS);
			}
		}
		return current;
	}

	/**
	 * Receives messages and holds them.
	 * @param queue the queue
	 * @param most how many at most
	 * @param waitSeconds how long to wait for the first one
	 */
	List<SqsReceived> receive(String queue, int most, int waitSeconds) throws JMSException {
		long timeout = this.service.settings().visibilityTimeout().toNanos();
		List<SqsReceived> received = this.service.queues()
			.on(queue, "No messages of queue " + queue + " were received", (client, url) -> {
				List<Message> messages = client
					.receiveMessage((request) -> request.queueUrl(url)
						.maxNumberOfMessages(most)
						.waitTimeSeconds(waitSeconds)
						.visibilityTimeout((int) TimeUnit.NANOSECONDS.toSeconds(timeout))
						.messageAttributeNames("All")
						.messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
								MessageSystemAttributeName.SENT_TIMESTAMP, MessageSystemAttributeName.MESSAGE_GROUP_ID)
						.overrideConfiguration((override) -> override
							.apiCallTimeout(this.service.profile().publishTimeout().plusSeconds(waitSeconds))))
					.messages();
				long end = System.nanoTime() + timeout;
				return messages.stream()
					.map((message) -> new SqsReceived(message,
							new SqsLease(queue, url, message.receiptHandle(), message.messageId(), end)))
					.toList();
			});
		if (!received.isEmpty()) {
			this.leases.hold(received.stream().map(SqsReceived::lease).toList());
			heartbeat();
		}
		return received;
	}

	List<SqsReceived> receiveNow(String queue) throws JMSException {
		try {
			if (queue.startsWith(SqsNames.DELAY) && this.service.queues().existing(queue) == null) {
				return List.of();
			}
			return receive(queue, 1, 0);
		}
		catch (JMSException ex) {
			note(ex);
			throw ex;
		}
	}

	/**
	 * Tells the listener of this connection if a failure means that the service does not
	 * answer.
	 */
	void note(JMSException failure) {
		if (!this.closed.get() && SqsFailures.isLost(failure) && this.broken.compareAndSet(false, true)) {
			failed(failure);
		}
	}

	@Override
	public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
		if (this.closed.get()) {
			throw new jakarta.jms.IllegalStateException("The connection to " + this.service.profile() + " is closed");
		}
		SqsSession session = new SqsSession(this, transacted, acknowledgeMode);
		this.sessions.add(session);
		return session;
	}

	void closed(SqsSession session) {
		this.sessions.remove(session);
	}

	@Override
	public void start() throws JMSException {
		this.started = true;
	}

	@Override
	public void stop() throws JMSException {
		this.started = false;
	}

	@Override
	public ConnectionMetaData getMetaData() throws JMSException {
		return SQSMessagingClientConstants.CONNECTION_METADATA;
	}

	@Override
	public void close() throws JMSException {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try {
			for (SqsSession session : new ArrayList<>(this.sessions)) {
				session.close();
			}
		}
		finally {
			synchronized (this) {
				if (this.heartbeat != null) {
					this.heartbeat.shutdownNow();
				}
			}
			this.requests.shutdown();
			this.service.release();
		}
	}

}
