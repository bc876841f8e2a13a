package org.activemessaging.flow;

import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;

/**
 * Who may do what on a broker: {@code user=<name>} with {@code password=<password>} may
 * do everything. A user whose name begins with {@link #ALL_BUT} has the same password,
 * and may do everything but read and write the queue that the rest of the name says.
 */
public final class BrokerAccess extends BrokerFilter {

	/**
	 * The beginning of the names of users who may not use one queue.
	 */
	public static final String ALL_BUT = "all-but-";

	private final String user;

	private final String password;

	BrokerAccess(Broker next, String user, String password) {
		super(next);
		this.user = user;
		this.password = password;
	}

	@Override
	public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
		String name = String.valueOf(info.getUserName());
		if (!(name.equals(this.user) || name.startsWith(ALL_BUT)) || !this.password.equals(info.getPassword())) {
			throw new SecurityException("User name [" + name + "] or password is invalid.");
		}
		super.addConnection(context, info);
	}

	@Override
	public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
		check(context, info.getDestination());
		return super.addConsumer(context, info);
	}

	@Override
	public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
		check(exchange.getConnectionContext(), message.getDestination());
		super.send(exchange, message);
	}

	private static void check(ConnectionContext context, ActiveMQDestination destination) {
		if ((ALL_BUT + destination.getPhysicalName()).equals(context.getUserName())) {
			throw new SecurityException("User " + context.getUserName() + " is not authorized for " + destination);
		}
	}

}
