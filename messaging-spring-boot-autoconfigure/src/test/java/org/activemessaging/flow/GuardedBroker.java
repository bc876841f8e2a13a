package org.activemessaging.flow;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;

/**
 * A broker inside the test that knows one user, and takes permissions away when told to.
 */
final class GuardedBroker implements AutoCloseable {

	static final String USER = "scott";

	private final Set<String> unwritable = ConcurrentHashMap.newKeySet();

	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	private final ConcurrentLinkedQueue<Long> refusals = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sends = new AtomicInteger();

	private volatile int lastWritten = Integer.MAX_VALUE;

	private final BrokerService broker = new BrokerService();

	private final String password;

	private final String url;

	GuardedBroker(String password) {
		this(password, 0);
	}

	GuardedBroker(String password, int port) {
		this.password = password;
		try {
			this.broker.setBrokerName("guarded-" + System.nanoTime());
			this.broker.setPersistent(false);
			this.broker.setUseJmx(false);
			this.broker.setUseShutdownHook(false);
			this.broker.setSchedulerSupport(false);
			this.broker.setPlugins(new BrokerPlugin[] { Guard::new });
			this.broker.addConnector("tcp://localhost:" + port);
			this.broker.start();
			this.broker.waitUntilStarted();
			this.url = "tcp://localhost:" + this.broker.getTransportConnectors().get(0).getConnectUri().getPort();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	String url() {
		return this.url;
	}

	void forbidWriting(String queue) {
		this.unwritable.add(queue);
	}

	/**
	 * Refuses all messages after a number of them.
	 */
	void refuseWritingAfter(int sends) {
		this.lastWritten = sends;
	}

	void forbidReading(String queue) {
		this.unreadable.add(queue);
	}

	void allowAll() {
		this.unwritable.clear();
		this.unreadable.clear();
	}

	/**
	 * Cuts all connections, as a network does.
	 */
	void cutConnections() {
		for (Connection connection : this.broker.getTransportConnectors().get(0).getConnections()) {
			connection.serviceExceptionAsync(new IOException("cut by the test"));
		}
	}

	/**
	 * Returns when connections were refused, as of {@link System#nanoTime()}.
	 */
	long[] refusals() {
		return this.refusals.stream().mapToLong(Long::longValue).toArray();
	}

	/**
	 * Returns how many messages were sent, also those that were refused.
	 */
	int sends() {
		return this.sends.get();
	}

	@Override
	public void close() {
		try {
			this.broker.stop();
			this.broker.waitUntilStopped();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private final class Guard extends BrokerFilter {

		Guard(Broker next) {
			super(next);
		}

		@Override
		public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
			if (!USER.equals(info.getUserName()) || !GuardedBroker.this.password.equals(info.getPassword())) {
				GuardedBroker.this.refusals.add(System.nanoTime());
				throw new SecurityException("User name [" + info.getUserName() + "] or password is invalid.");
			}
			super.addConnection(context, info);
		}

		@Override
		public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
			refuse(GuardedBroker.this.unreadable, info.getDestination());
			return super.addConsumer(context, info);
		}

		@Override
		public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
			if (!message.getDestination().getPhysicalName().startsWith("ActiveMQ.")) {
				if (GuardedBroker.this.sends.incrementAndGet() > GuardedBroker.this.lastWritten) {
					throw new SecurityException("User " + USER + " may not write any more");
				}
			}
			refuse(GuardedBroker.this.unwritable, message.getDestination());
			super.send(exchange, message);
		}

		private static void refuse(Set<String> forbidden, ActiveMQDestination destination) {
			if (forbidden.contains(destination.getPhysicalName())) {
				throw new SecurityException("User " + USER + " is not authorized to use " + destination);
			}
		}

	}

}
