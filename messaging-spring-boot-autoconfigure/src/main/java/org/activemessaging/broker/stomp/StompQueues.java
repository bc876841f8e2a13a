package org.activemessaging.broker.stomp;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure of queues. On Artemis the queue of a group has to be made before anybody
 * consumes it: one that the broker makes for a consumer goes with its last consumer, and
 * its messages with it.
 */
final class StompQueues {

	private StompQueues() {
	}

	/**
	 * Makes sure of what a consumer cannot make by itself.
	 */
	static void ensure(StompConnection connection, StompDialect dialect, Address address) throws JMSException {
		if (dialect == StompDialect.ARTEMIS && StompDialect.virtualTopicOfQueue(address) != null) {
			prepare(connection, List.of(address));
		}
	}

	/**
	 * Makes sure that queues are there and stay. A connection of its own is used, so that
	 * what it is handed is on the broker again at once.
	 */
	static void prepare(StompConnection connection, Collection<Address> queues) throws JMSException {
		List<Address> missing = queues.stream()
			.filter((queue) -> !connection.preparedQueues().contains(queue.name()))
			.toList();
		if (missing.isEmpty()) {
			return;
		}
		StompSocket socket = connection.openAside();
		try {
			StompRequests requests = new StompRequests(socket);
			for (Address queue : missing) {
				String virtualTopic = StompDialect.virtualTopicOfQueue(queue);
				if (socket.dialect() != StompDialect.ARTEMIS || virtualTopic == null) {
					requests.declare(queue);
				}
				else if (socket.options().createGroupQueues()) {
					create(requests, socket, queue.name(), virtualTopic);
				}
				connection.preparedQueues().add(queue.name());
			}
		}
		finally {
			socket.close(1000);
		}
	}

	private static void create(StompRequests requests, StompSocket socket, String queue, String virtualTopic)
			throws JMSException {
		String configuration = "{\"name\":\"" + queue + "\",\"address\":\"VirtualTopic."
				+ StompDialect.pattern(virtualTopic)
				+ "\",\"routing-type\":\"MULTICAST\",\"durable\":true,\"auto-delete\":false,"
				+ "\"auto-create-address\":true}";
		String parameters = "[\"" + configuration.replace("\"", "\\\"") + "\", true]";
		String hint = "The queue '" + queue + "' of a virtual topic has to be on Artemis, with address 'VirtualTopic."
				+ StompDialect.pattern(virtualTopic) + "', MULTICAST, durable and not auto-deleted. ";
		StompFrame answer;
		try {
			answer = requests.manage(Map.of("_AMQ_ResourceName", "broker", "_AMQ_OperationName", "createQueue"),
					parameters, socket.options().receiptTimeout().toMillis());
		}
		catch (JMSException ex) {
			throw explained(hint + "This user may not create it: give it the right 'manage' on 'activemq.management',"
					+ " or create the queue and set 'create-group-queues' to 'false'. " + ex.getMessage(), ex);
		}
		if (answer == null || !answer.header("_AMQ_OperationSucceeded", "").equals("true")) {
			throw explained(hint + "It could not be created: "
					+ ((answer != null) ? StompFailures.clean(answer.text(), null) : "no answer"), null);
		}
	}

	private static JMSException explained(String text, @Nullable JMSException cause) {
		boolean refused = cause instanceof JMSSecurityException || cause instanceof ResourceAllocationException;
		JMSException explained = refused ? new JMSSecurityException(text) : new JMSException(text);
		if (cause != null) {
			explained.initCause(cause);
		}
		return explained;
	}

}
