package org.activemessaging.listener;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.jms.support.JmsUtils;
import org.springframework.transaction.TransactionStatus;
import org.springframework.util.backoff.BackOffExecution;

/**
 * The container of one processor. Each turn of its receive loop is a transaction with a
 * window of messages: the forced write of the broker's journal, which is most of the cost
 * of a message, is shared by them.
 */
final class ProcessorContainer extends DefaultMessageListenerContainer {

	// An open transaction holds locks and memory on the broker.
	private static final long MAX_WINDOW_AGE = TimeUnit.MILLISECONDS.toNanos(100);

	private final ThreadLocal<ConsumerTransaction> transactions = new ThreadLocal<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Broker broker;

	private final Address source;

	private final ListenerSettings settings;

	private final InboundFlow flow;

	private final AcknowledgeStrategy acknowledge;

	private final OutageLog outage;

	private volatile CountDownLatch stopping = new CountDownLatch(1);

	ProcessorContainer(ProcessorDefinition processor, Address source, ListenerSettings settings, InboundFlow flow) {
		this.broker = processor.destination().broker();
		this.source = source;
		this.settings = settings;
		this.flow = flow;
		this.acknowledge = AcknowledgeStrategy.of(settings.acknowledge(), processor.method().acknowledges());
		this.outage = new OutageLog(this.logger, "The listener of " + processor + " on " + this.broker);
		setBeanName("messaging-" + processor.id());
		setConnectionFactory(this.broker.connectionFactory());
		setDestinationName(source.name());
		setPubSubDomain(source.topic());
		setMessageSelector(processor.selector());
		int sessionMode = this.acknowledge.sessionMode(this.broker.adapter());
		setSessionTransacted(sessionMode == Session.SESSION_TRANSACTED);
		if (sessionMode != Session.SESSION_TRANSACTED) {
			setSessionAcknowledgeMode(sessionMode);
		}
		setExposeListenerSession(false);
		setConcurrentConsumers(settings.concurrency().min());
		setMaxConcurrentConsumers(settings.concurrency().max());
		setDestinationResolver((session, name, topic) -> this.broker.adapter()
			.consumerDestination(Objects.requireNonNull(session), source, settings.window()));
		setBackOff(this.broker.profile().reconnectBackOff());
		setMessageListener((jakarta.jms.MessageListener) (message) -> {
			throw new IllegalStateException("Messages are handled by doReceiveAndExecute");
		});
	}

	@Override
	protected boolean doReceiveAndExecute(Object invoker, @Nullable Session session, @Nullable MessageConsumer consumer,
			@Nullable TransactionStatus status) throws JMSException {
		if (session == null || consumer == null) {
			throw new IllegalStateException("The container caches its consumers");
		}
		Brake.Pass pass = this.flow.brake().pass(this::sleepUnlessStopped);
		if (pass == null) {
			noMessageReceived(invoker, session);
			return false;
		}
		try {
			int window = (pass == Brake.Pass.SINGLE) ? 1 : this.acknowledge.window(this.settings.window());
			return receiveWindow(invoker, session, consumer, window);
		}
		finally {
			this.flow.brake().giveBack(pass);
		}
	}

	private boolean receiveWindow(Object invoker, Session session, MessageConsumer consumer, int window)
			throws JMSException {
		Message message = receiveFromConsumer(consumer, getReceiveTimeout());
		if (message == null) {
			noMessageReceived(invoker, session);
			return false;
		}
		messageReceived(invoker, session);
		try {
			boolean moved = handleWindow(message, consumer, transactionOn(session), window);
			this.acknowledge.done(session, message, moved);
		}
		catch (InboundFlow.GivenBackException ex) {
			this.acknowledge.takeBack(session);
		}
		catch (JMSException | RuntimeException | Error ex) {
			takeBack(session, ex);
			throw ex;
		}
		return true;
	}

	private void takeBack(Session session, Throwable failure) {
		try {
			this.acknowledge.takeBack(session);
		}
		catch (JMSException ex) {
			// The connection is gone, and the broker rolls back by itself.
			failure.addSuppressed(ex);
		}
	}

	private boolean handleWindow(Message first, MessageConsumer consumer, ConsumerTransaction transaction, int window)
			throws JMSException {
		long openedAt = System.nanoTime();
		Message message = first;
		boolean alone = true;
		boolean moved = false;
		int handled = 0;
		while (message != null) {
			// If this one kills the JVM, those that share its transaction come again
			// redelivered, and are from then on tried alone.
			boolean last = message.getJMSRedelivered();
			moved = handle(message, transaction, alone);
			alone = false;
			handled++;
			boolean open = !last && handled < window && isRunning() && System.nanoTime() - openedAt < MAX_WINDOW_AGE;
			message = open ? consumer.receiveNoWait() : null;
		}
		return moved;
	}

	private boolean handle(Message message, ConsumerTransaction transaction, boolean alone) throws JMSException {
		this.inFlight.incrementAndGet();
		try {
			return this.flow.handle(message, transaction, alone, this::sleepUnlessStopped);
		}
		finally {
			this.inFlight.decrementAndGet();
		}
	}

	private ConsumerTransaction transactionOn(Session session) {
		ConsumerTransaction transaction = this.transactions.get();
		if (transaction == null || !transaction.isOn(session)) {
			transaction = new ConsumerTransaction(this.broker, session);
			this.transactions.set(transaction);
		}
		return transaction;
	}

	private boolean sleepUnlessStopped(Duration duration) {
		try {
			return !this.stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	protected void doStart() throws JMSException {
		this.stopping = new CountDownLatch(1);
		super.doStart();
	}

	@Override
	protected void doStop() throws JMSException {
		this.stopping.countDown();
		super.doStop();
	}

	@Override
	protected void doShutdown() throws JMSException {
		this.stopping.countDown();
		super.doShutdown();
	}

	@Override
	protected void handleListenerSetupFailure(Throwable ex, boolean alreadyHandled) {
		if (!(ex instanceof SharedConnectionNotInitializedException)) {
			this.outage.lost(ex);
		}
	}

	// The base class logs every try of every container; and here, too, a connection
	// counts only when a consumer could be made on it.
	@Override
	protected void refreshConnectionUntilSuccessful() {
		BackOffExecution execution = this.broker.profile().reconnectBackOff().start();
		while (isRunning()) {
			try {
				refreshSharedConnection();
				validate(getSharedConnection());
				this.outage.regained();
				return;
			}
			catch (JMSException | RuntimeException ex) {
				this.outage.lost(ex);
			}
			if (!applyBackOffTime(execution)) {
				return;
			}
		}
	}

	private void validate(Connection connection) throws JMSException {
		Session session = createSession(connection);
		try {
			createListenerConsumer(session).close();
		}
		finally {
			JmsUtils.closeSession(session);
		}
	}

	ContainerState state() {
		if (!isRunning()) {
			return ContainerState.STOPPED;
		}
		return (isRegisteredWithDestination() && !isRecovering()) ? ContainerState.RUNNING : ContainerState.RECOVERING;
	}

	boolean isBraked() {
		return this.flow.brake().isOn();
	}

	int inFlight() {
		return this.inFlight.get();
	}

	Address source() {
		return this.source;
	}

	@Nullable String outageReason() {
		return this.outage.reason();
	}

}
