package org.activemessaging.listener;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.permit.PermitHolder;
import org.activemessaging.permit.Permits;
import org.activemessaging.permit.Surplus;
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

	// Until then the broker has noticed that the old connection is gone, and has put back
	// what it had handed out on it.
	private static final long PULLING_AFTER_AN_OUTAGE = TimeUnit.SECONDS.toNanos(1);

	private static final int UNPACED_PREFETCH = 10;

	private final Broker broker;

	private final Address source;

	private final Pace pace;

	private final InboundFlow flow;

	private final AcknowledgeStrategy acknowledge;

	private final Threads threads;

	private final RateLimit rate;

	private final @Nullable Permits permits;

	private final AtomicInteger permitsHeld = new AtomicInteger();

	private final Surplus surplus = new Surplus();

	private final WindowWork work;

	private final WindowReceiver receiver;

	private final OutageLog outage;

	private final Pauses pauses;

	private volatile @Nullable String startFailure;

	private volatile long pullUntil = System.nanoTime();

	private volatile CountDownLatch stopping = new CountDownLatch(1);

	ProcessorContainer(ProcessorDefinition processor, Address source, ListenerSettings settings, InboundFlow flow,
			Turn turn, boolean virtualThreads) {
		this.broker = processor.destination().broker();
		this.source = source;
		this.pace = new Pace(settings.window());
		this.flow = flow;
		this.pauses = flow.pauses();
		this.acknowledge = AcknowledgeStrategy.of(settings.acknowledge(), processor.method().acknowledges());
		String name = "messaging-" + processor.id();
		this.threads = new Threads(name, virtualThreads);
		BooleanSupplier taking = () -> isRunning() && !this.pauses.isPaused();
		this.permits = settings.limits().permits();
		this.rate = new RateLimit(settings.limits().rate(), settings.lanes());
		this.work = new WindowWork(flow, this.pace, taking, this::sleepUnlessStopped, this.rate,
				(settings.lanes() > 1) ? this.threads.lanes(settings.lanes() * settings.concurrency().max()) : null);
		this.receiver = new WindowReceiver(this.broker, this.pace, flow, this.work, this.acknowledge, turn, taking,
				this::sleepUnlessStopped, settings.pulled());
		this.outage = new OutageLog(this.logger, "The listener of " + processor + " on " + this.broker);
		setBeanName(name);
		setTaskExecutor(this.threads.consumers());
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
		boolean received = !isPaused((PacedConsumer) consumer)
				&& receive(session, (PacedConsumer) consumer, () -> messageReceived(invoker, session));
		if (!received) {
			noMessageReceived(invoker, session);
		}
		return received;
	}

	private boolean receive(Session session, PacedConsumer consumer, Runnable observer) throws JMSException {
		if (!this.rate.take(Duration.ofMillis(getReceiveTimeout()), this::sleepWhileTaking)) {
			return false;
		}
		boolean received = false;
		try {
			received = this.receiver.receive(session, consumer, getReceiveTimeout(), observer);
		}
		finally {
			if (!received) {
				this.rate.giveBack();
			}
		}
		return received;
	}

	private boolean sleepWhileTaking(Duration duration) {
		return this.pauses.sleep(duration, () -> isRunning() && !this.pauses.isPaused());
	}

	// What was handed ahead goes back, so that others can have it meanwhile.
	private boolean isPaused(PacedConsumer consumer) throws JMSException {
		if (!this.pauses.isPaused()) {
			return false;
		}
		consumer.pause();
		this.pauses.await(this::isRunning, Duration.ofMillis(getReceiveTimeout()));
		return true;
	}

	// Of a topic, a consumer must not be closed and opened again, as it would miss
	// messages; and where messages are acknowledged by others, closing would return
	// those that are not acknowledged yet.
	@Override
	protected MessageConsumer createListenerConsumer(Session session) throws JMSException {
		boolean pulling = !this.source.topic() && this.acknowledge.countsCrashes();
		return new PacedConsumer(
				(prefetch) -> this.broker.adapter()
					.createConsumer(session, this.source, prefetch, getMessageSelector()),
				pulling ? this.pace::window : this::unpaced, pulling, this.pullUntil, this::isConnected, permit(),
				this.receiver.givingBack());
	}

	private @Nullable PermitHolder permit() {
		Permits permits = this.permits;
		return (permits != null)
				? new PermitHolder(permits, () -> getSharedConnection().createSession(true, Session.SESSION_TRANSACTED),
						this.permitsHeld, this.surplus)
				: null;
	}

	// This consumer stays as it is opened. What a topic hands ahead, no other consumer
	// waits for.
	private int unpaced() {
		int max = this.pace.settings().max();
		return this.source.topic() ? max : Math.min(max, UNPACED_PREFETCH);
	}

	private boolean isConnected() {
		try {
			return this.broker.adapter().isConnected(getSharedConnection());
		}
		catch (SharedConnectionNotInitializedException ex) {
			return false;
		}
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
		this.pauses.wake();
	}

	// A client that pulls waits for the answer of its broker, and on a stopped connection
	// it
	// would not be told of it. Each consumer asks at the end of its turn whether to go
	// on.
	@Override
	protected void stopSharedConnection() {
	}

	@Override
	protected void doShutdown() throws JMSException {
		this.stopping.countDown();
		super.doShutdown();
		this.threads.close();
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
				this.pullUntil = System.nanoTime() + PULLING_AFTER_AN_OUTAGE;
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

	/**
	 * Closes the connection, which the consumers then find broken and recover from.
	 */
	void reconnect() {
		try {
			JmsUtils.closeConnection(getSharedConnection());
		}
		catch (SharedConnectionNotInitializedException ex) {
			this.logger.debug("There is no connection to give up", ex);
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

	/**
	 * Starts, and remembers why if that is not possible. Not being able to connect is not
	 * such a failure.
	 */
	@Override
	public void start() {
		this.startFailure = null;
		try {
			super.start();
		}
		catch (RuntimeException | Error ex) {
			this.startFailure = OutageLog.describe(ex);
			this.logger.error("The listener of " + getDestinationName() + " could not be started", ex);
		}
	}

	Pauses pauses() {
		return this.pauses;
	}

	/**
	 * Changes how many consumers there are. Superfluous ones end when they have finished
	 * what they are doing.
	 * @param concurrency how many consumers there are to be
	 */
	void setConcurrency(Concurrency concurrency) {
		setConcurrentConsumers(concurrency.min());
		setMaxConcurrentConsumers(concurrency.max());
		int idle = getIdleConsumerLimit();
		// The base class adds consumers only as long as this many are idle.
		setIdleConsumerLimit(Integer.MAX_VALUE);
		try {
			for (int missing = concurrency.min() - getScheduledConsumerCount(); missing > 0; missing--) {
				scheduleNewInvokerIfAppropriate();
			}
		}
		finally {
			setIdleConsumerLimit(idle);
		}
	}

	Concurrency concurrency() {
		int min = getConcurrentConsumers();
		return new Concurrency(min, Math.max(min, getMaxConcurrentConsumers()));
	}

	ContainerState state() {
		if (!isRunning()) {
			return (this.startFailure != null) ? ContainerState.FAILED : ContainerState.STOPPED;
		}
		if (this.pauses.isPaused()) {
			return ContainerState.PAUSED;
		}
		boolean listening = isRegisteredWithDestination() && !isRecovering() && this.flow.stalledReason() == null;
		return listening ? ContainerState.RUNNING : ContainerState.RECOVERING;
	}

	boolean isBraked() {
		return this.flow.brake().isOn();
	}

	int inFlight() {
		return this.work.inFlight();
	}

	Surplus surplus() {
		return this.surplus;
	}

	int permitsHeld() {
		return this.permitsHeld.get();
	}

	int waitingForRate() {
		return this.rate.waiting();
	}

	int window() {
		return this.acknowledge.window(this.pace.window());
	}

	Address source() {
		return this.source;
	}

	@Nullable String outageReason() {
		String reason = (this.startFailure != null) ? this.startFailure : this.outage.reason();
		return (reason != null) ? reason : this.flow.stalledReason();
	}

}
