package org.activemessaging.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.BaseDestination;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFilter;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.transport.RequestTimedOutIOException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker inside the test, on a port of its own. Counts what only a broker knows.
 */
final class TestBroker implements AutoCloseable {

	private final AtomicInteger commits = new AtomicInteger();

	private final AtomicInteger failing = new AtomicInteger();

	private final AtomicInteger rollbacks = new AtomicInteger();

	// The broker's own counters stay 0 without JMX.
	private final AtomicInteger totalConnections = new AtomicInteger();

	private final AtomicInteger refusedConnections = new AtomicInteger();

	private final AtomicInteger currentConnections = new AtomicInteger();

	private final AtomicInteger refusals = new AtomicInteger();

	private final AtomicInteger scheduledInTransactions = new AtomicInteger();

	private final ConcurrentLinkedQueue<String> arrivals = new ConcurrentLinkedQueue<>();

	private volatile CountDownLatch hold = new CountDownLatch(0);

	private volatile String forbidden;

	private volatile String unreadable;

	private final BrokerService broker = new BrokerService();

	private final String url;

	private TestBroker(int port, boolean statistics) {
		this(port, statistics, 0);
	}

	private TestBroker(int port, boolean statistics, long memory) {
		try {
			this.broker.setBrokerName("test-" + System.nanoTime());
			this.broker.setPersistent(false);
			this.broker.setUseJmx(false);
			this.broker.setUseShutdownHook(false);
			this.broker.setSchedulerSupport(false);
			if (memory > 0) {
				this.broker.getSystemUsage().getMemoryUsage().setLimit(memory);
			}
			List<BrokerPlugin> plugins = new ArrayList<>();
			plugins.add(Counting::new);
			if (statistics) {
				plugins.add(new StatisticsBrokerPlugin());
			}
			this.broker.setPlugins(plugins.toArray(BrokerPlugin[]::new));
			this.broker.addConnector("tcp://localhost:" + port);
			this.broker.start();
			this.broker.waitUntilStarted();
			this.url = "tcp://localhost:" + this.broker.getTransportConnectors().get(0).getConnectUri().getPort();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static TestBroker start() {
		return new TestBroker(0, true);
	}

	static TestBroker startOn(int port) {
		return new TestBroker(port, true);
	}

	static TestBroker startWithoutStatistics() {
		return new TestBroker(0, false);
	}

	static TestBroker startWithMemory(long bytes) {
		return new TestBroker(0, true, bytes);
	}

	/**
	 * Sends to a queue until its memory is full, or the store of the broker. Whoever
	 * sends then, waits; this method does not.
	 */
	void fill(String queue) {
		fill(this.url, queue);
	}

	static void fill(String url, String queue) {
		try (PlainClient client = new PlainClient(url + "?jms.sendTimeout=500&jms.closeTimeout=500")) {
			for (int i = 0; i < 1000; i++) {
				client.sendBytes(queue, new byte[100_000]);
			}
		}
		catch (IllegalStateException ex) {
			assertThat(ex).hasRootCauseInstanceOf(RequestTimedOutIOException.class);
		}
	}

	void pause(String queue) {
		((Queue) regionDestination(queue)).pauseDispatch();
	}

	void resume(String queue) {
		((Queue) regionDestination(queue)).resumeDispatch();
	}

	private BaseDestination regionDestination(String queue) {
		Destination destination = destination(queue);
		while (destination instanceof DestinationFilter filter) {
			destination = filter.getNext();
		}
		return (BaseDestination) destination;
	}

	String url() {
		return this.url;
	}

	PlainClient client() {
		return new PlainClient(this.url);
	}

	int commits() {
		return this.commits.get();
	}

	/**
	 * Lets the next commits fail.
	 */
	void failCommits(int count) {
		this.failing.set(count);
	}

	/**
	 * Takes away the permission to write to a queue.
	 * @param queue its name, or {@code null} to permit everything
	 */
	void forbid(String queue) {
		this.forbidden = queue;
	}

	/**
	 * Takes away the permission to consume a queue.
	 * @param queue its name, or {@code null} to permit everything
	 */
	void forbidConsumersOf(String queue) {
		this.unreadable = queue;
	}

	/**
	 * Lets the broker answer nothing that it is sent until the latch is open.
	 */
	void hold(CountDownLatch latch) {
		this.hold = latch;
	}

	/**
	 * Returns how many messages for the scheduler came in a transaction.
	 */
	int scheduledInTransactions() {
		return this.scheduledInTransactions.get();
	}

	/**
	 * Returns the texts for a queue in the order in which they came: the broker itself
	 * does not deliver those that it does not store in their order with the others.
	 */
	List<String> arrivals(String queue) {
		return this.arrivals.stream()
			.filter((text) -> text.startsWith(queue + " "))
			.map((text) -> text.substring(queue.length() + 1))
			.toList();
	}

	int refusals() {
		return this.refusals.get();
	}

	/**
	 * Cuts all connections, as a network does.
	 */
	void cutConnections() {
		for (Connection connection : this.broker.getTransportConnectors().get(0).getConnections()) {
			connection.serviceExceptionAsync(new IOException("cut by the test"));
		}
	}

	int rollbacks() {
		return this.rollbacks.get();
	}

	/**
	 * Returns how many connections were ever made.
	 */
	long totalConnections() {
		return this.totalConnections.get();
	}

	/**
	 * Returns how many connections were refused, for their client id for example.
	 */
	int refusedConnections() {
		return this.refusedConnections.get();
	}

	/**
	 * Returns how many connections there are now.
	 */
	int currentConnections() {
		return this.currentConnections.get();
	}

	Set<String> queues() {
		Set<String> names = new TreeSet<>();
		for (ActiveMQDestination destination : destinations()) {
			if (destination.isQueue() && !destination.isTemporary()) {
				names.add(destination.getPhysicalName());
			}
		}
		return names;
	}

	private Set<ActiveMQDestination> destinations() {
		try {
			return this.broker.getBroker().getDestinationMap().keySet();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns how many messages a queue holds, 0 if there is no such queue.
	 */
	long depth(String queue) {
		Destination destination = destination(queue);
		return (destination != null) ? destination.getDestinationStatistics().getMessages().getCount() : 0;
	}

	long inFlight(String queue) {
		Destination destination = destination(queue);
		return (destination != null) ? destination.getDestinationStatistics().getInflight().getCount() : 0;
	}

	/**
	 * Returns how many messages of a queue are in the hands of consumers; what somebody
	 * browses is not.
	 */
	long handedOut(String queue) {
		Destination destination = destination(queue);
		return (destination != null) ? destination.getConsumers()
			.stream()
			.filter((consumer) -> !consumer.getConsumerInfo().isBrowser())
			.mapToLong(Subscription::getInFlightSize)
			.sum() : 0;
	}

	boolean isAnyPrefetching(String queue) {
		Destination destination = destination(queue);
		return destination != null
				&& destination.getConsumers().stream().anyMatch((consumer) -> consumer.getPrefetchSize() > 0);
	}

	/**
	 * Forgets the consumers of a queue without telling them.
	 */
	void forgetConsumersOf(String queue) throws Exception {
		for (Subscription subscription : List.copyOf(destination(queue).getConsumers())) {
			this.broker.getRegionBroker().removeConsumer(subscription.getContext(), subscription.getConsumerInfo());
		}
	}

	int consumers(String queue) {
		Destination destination = destination(queue);
		return (destination != null) ? (int) destination.getDestinationStatistics().getConsumers().getCount() : 0;
	}

	private Destination destination(String queue) {
		try {
			return this.broker.getBroker().getDestinationMap().get(new ActiveMQQueue(queue));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the messages of all dead-letter queues, ours and the broker's own.
	 */
	List<Message> deadLetters() {
		List<Message> letters = new ArrayList<>();
		try (PlainClient client = client()) {
			for (String queue : queues()) {
				if (queue.startsWith("DLQ.") || queue.startsWith("ActiveMQ.DLQ")) {
					letters.addAll(client.browse(queue));
				}
			}
		}
		return letters;
	}

	@Override
	public void close() {
		this.hold.countDown();
		try {
			this.broker.stop();
			this.broker.waitUntilStopped();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private final class Counting extends BrokerFilter {

		Counting(Broker next) {
			super(next);
		}

		@Override
		public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
			try {
				super.addConnection(context, info);
			}
			catch (Exception ex) {
				TestBroker.this.refusedConnections.incrementAndGet();
				throw ex;
			}
			TestBroker.this.totalConnections.incrementAndGet();
			TestBroker.this.currentConnections.incrementAndGet();
		}

		@Override
		public void removeConnection(ConnectionContext context, ConnectionInfo info, Throwable error) throws Exception {
			super.removeConnection(context, info, error);
			TestBroker.this.currentConnections.decrementAndGet();
		}

		@Override
		public void commitTransaction(ConnectionContext context, TransactionId transaction, boolean onePhase)
				throws Exception {
			if (TestBroker.this.failing.getAndUpdate((count) -> Math.max(0, count - 1)) > 0) {
				// As the broker does when it cannot store what a transaction holds.
				super.rollbackTransaction(context, transaction);
				throw new IllegalStateException("refused by the test");
			}
			super.commitTransaction(context, transaction, onePhase);
			TestBroker.this.commits.incrementAndGet();
		}

		@Override
		public void send(ProducerBrokerExchange exchange, org.apache.activemq.command.Message message)
				throws Exception {
			TestBroker.this.hold.await();
			if (message.isInTransaction() && message.getProperty("AMQ_SCHEDULED_DELAY") != null) {
				TestBroker.this.scheduledInTransactions.incrementAndGet();
			}
			if (message.getDestination().getPhysicalName().equals(TestBroker.this.forbidden)) {
				TestBroker.this.refusals.incrementAndGet();
				throw new SecurityException(
						"User voyeur is not authorized to write to: " + message.getDestination().getQualifiedName());
			}
			note(message);
			super.send(exchange, message);
		}

		// Some tests send what nobody can read.
		private void note(org.apache.activemq.command.Message message) {
			if (message instanceof ActiveMQTextMessage text && !text.isCompressed()) {
				try {
					TestBroker.this.arrivals.add(message.getDestination().getPhysicalName() + " " + text.getText());
				}
				catch (JMSException ex) {
					TestBroker.this.arrivals.add(message.getDestination().getPhysicalName());
				}
			}
		}

		@Override
		public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
			if (info.getDestination().getPhysicalName().equals(TestBroker.this.unreadable)) {
				throw new SecurityException(
						"User voyeur is not authorized to read from: " + info.getDestination().getQualifiedName());
			}
			return super.addConsumer(context, info);
		}

		@Override
		public void rollbackTransaction(ConnectionContext context, TransactionId transaction) throws Exception {
			super.rollbackTransaction(context, transaction);
			TestBroker.this.rollbacks.incrementAndGet();
		}

	}

}
