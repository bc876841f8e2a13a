package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import org.activemessaging.broker.VirtualTopicNames;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The queues and exchanges that a connection has found or made. Each look is taken on a
 * channel of its own, as the broker closes the channel of a look that fails.
 */
final class Topology {

	static final String VIRTUAL_TOPICS = "VirtualTopic";

	static final String TOPICS = "amq.topic";

	private static final Log logger = LogFactory.getLog(Topology.class);

	private static final Pattern DELIVERY_LIMIT = Pattern
		.compile("inequivalent arg 'x-delivery-limit'.* current is the value '(\\d+)'");

	private final Set<String> queues = ConcurrentHashMap.newKeySet();

	private final Set<String> exchanges = ConcurrentHashMap.newKeySet();

	private final Connection connection;

	private final RabbitMqOptions options;

	private final Known known;

	Topology(Connection connection, RabbitMqOptions options, Known known) {
		this.known = known;
		this.connection = connection;
		this.options = options;
	}

	/**
	 * Makes sure that a queue exists, and that the one of a group is bound.
	 */
	void queue(String name) throws JMSException {
		if (this.queues.contains(name)) {
			return;
		}
		boolean existed = look((channel) -> channel.queueDeclarePassive(name), name);
		Map<String, Object> arguments = this.options.arguments(name);
		if (existed && this.known.compared().add(name)) {
			compare(name, arguments);
		}
		else if (!existed) {
			run("Queue " + name + " cannot be declared",
					(channel) -> channel.queueDeclare(name, true, false, false, arguments));
			this.known.declared().put(name, System.nanoTime());
		}
		String virtualTopic = VirtualTopicNames.recogniseGroupQueue(name);
		if (virtualTopic != null) {
			bind(name, virtualTopic, existed);
		}
		this.queues.add(name);
	}

	/**
	 * Makes sure that a queue exists that keeps the messages of a topic.
	 */
	void subscription(String queue, String exchange, String key) throws JMSException {
		queue(queue);
		exchange(exchange);
		run("Queue " + queue + " cannot be bound", (channel) -> channel.queueBind(queue, exchange, key));
	}

	// The broker shows the arguments of a queue to administrators only. But it says which
	// of them differ from those of another declaration.
	private void compare(String name, Map<String, Object> arguments) throws JMSException {
		try {
			run("Queue " + name, (channel) -> channel.queueDeclare(name, true, false, false, arguments));
		}
		catch (JMSException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			int code = Failures.code(cause);
			if (code != AMQP.PRECONDITION_FAILED && code != AMQP.ACCESS_REFUSED) {
				throw ex;
			}
			String text = Failures.text(cause);
			if (text.contains("inequivalent arg 'durable'")) {
				throw new InvalidDestinationException("Queue " + name
						+ " exists, but is not durable: a restart of the broker would lose its messages");
			}
			Matcher limit = DELIVERY_LIMIT.matcher(text);
			if (text.contains("'x-delivery-limit'") && !limit.find()) {
				logger.info("Queue " + name + " has no delivery limit: RabbitMQ puts what is given back to its end, so"
						+ " that the order of message groups is not kept; one of " + RabbitMqOptions.DELIVERY_LIMIT
						+ " would");
			}
			else if (limit.reset().find()) {
				logger.warn("Queue " + name + " has a delivery limit of " + limit.group(1)
						+ ": RabbitMQ itself drops or dead-letters a message that came back more often, also when a"
						+ " consumer that had been handed it ahead has died");
			}
			else {
				logger.debug("Queue " + name + " is used as it is: " + text);
			}
		}
	}

	private void bind(String queue, String virtualTopic, boolean existed) throws JMSException {
		exchange(VIRTUAL_TOPICS);
		try {
			run("Queue " + queue + " cannot be bound",
					(channel) -> channel.queueBind(queue, VIRTUAL_TOPICS, RabbitMqAdapter.key(virtualTopic)));
		}
		catch (JMSException ex) {
			if (!existed || ex.getCause() == null || Failures.code(ex.getCause()) != AMQP.ACCESS_REFUSED) {
				throw ex;
			}
			logger.warn("Queue " + queue + " exists, and this user may not bind it: whether it is bound to exchange "
					+ VIRTUAL_TOPICS + " with key " + virtualTopic + " is not known");
		}
	}

	/**
	 * Makes sure that an exchange exists.
	 */
	void exchange(String name) throws JMSException {
		if (name.isEmpty() || name.startsWith("amq.") || this.exchanges.contains(name)) {
			return;
		}
		if (!look((channel) -> channel.exchangeDeclarePassive(name), name)) {
			run("Exchange " + name + " cannot be declared",
					(channel) -> channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true));
		}
		this.exchanges.add(name);
	}

	/**
	 * Tells whether this application has declared a queue since a time.
	 */
	boolean isDeclaredSince(String name, long nanoTime) {
		Long at = this.known.declared().get(name);
		return at != null && at - nanoTime >= 0;
	}

	/**
	 * Forgets what is known of a queue or an exchange that turned out to be missing.
	 */
	void forget(String name) {
		this.known.compared().remove(name);
		this.queues.remove(name);
		this.exchanges.remove(name);
	}

	private boolean look(Step step, String name) throws JMSException {
		try {
			run(name, step);
			return true;
		}
		catch (InvalidDestinationException ex) {
			return false;
		}
	}

	private void run(String what, Step step) throws JMSException {
		Channel channel = null;
		try {
			channel = this.connection.openChannel()
				.orElseThrow(() -> new IOException("The connection has as many channels as it may have"));
			step.on(channel);
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of(what, ex);
		}
		finally {
			if (channel != null) {
				close(channel);
			}
		}
	}

	private static void close(Channel channel) {
		try {
			channel.abort();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The channel is gone already", ex);
		}
	}

	/**
	 * What all connections of an application know.
	 *
	 * @param declared when this application has declared a queue last, by its name
	 * @param compared the queues that were looked at closely
	 */
	record Known(Map<String, Long> declared, Set<String> compared) {

		Known() {
			this(new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
		}

	}

	/**
	 * Something to ask the broker.
	 */
	@FunctionalInterface
	private interface Step {

		void on(Channel channel) throws IOException;

	}

}
