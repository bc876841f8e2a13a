package org.activemessaging.broker.activemq;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.BrokerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.NetworkBridgeFilter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Finds out whether a queue holds messages that no bridge takes. The broker tells who
 * consumes the queue, and shows the filter of each bridge; the same rule, applied to the
 * messages at the head of the queue, says which of them stay.
 */
final class StrandedMessages {

	private static final Log logger = LogFactory.getLog(StrandedMessages.class);

	private static final String CONSUMERS = "ActiveMQ.Advisory.Consumer.Queue.";

	// The broker answers at once with the consumers there are, and then never again.
	private static final long QUIET = 250;

	private static final int HEAD = 20;

	private final Session session;

	private final String queue;

	StrandedMessages(Session session, String queue) {
		this.session = session;
		this.queue = queue;
	}

	/**
	 * Returns the brokers that the stranded messages would have to go to.
	 * @param deadline until when it may take, in nanoseconds
	 * @return the ids of the brokers, none if no message is stranded or nobody can say
	 */
	Set<String> origins(long deadline) throws JMSException {
		try {
			List<NetworkBridgeFilter> bridges = bridges(deadline);
			return bridges.isEmpty() ? Set.of() : refused(bridges);
		}
		catch (JMSSecurityException ex) {
			logger.debug("No right to see who consumes queue '" + this.queue + "', or what it holds", ex);
			return Set.of();
		}
	}

	// None if there are consumers besides, who will take the messages in their own time.
	private List<NetworkBridgeFilter> bridges(long deadline) throws JMSException {
		List<NetworkBridgeFilter> bridges = new ArrayList<>();
		try (MessageConsumer advisories = this.session
			.createConsumer(this.session.createTopic(CONSUMERS + this.queue))) {
			Message message = next(advisories, deadline);
			while (message != null) {
				if (message instanceof ActiveMQMessage advisory
						&& advisory.getDataStructure() instanceof ConsumerInfo consumer && !consumer.isBrowser()) {
					if (!(consumer.getAdditionalPredicate() instanceof NetworkBridgeFilter bridge)) {
						return List.of();
					}
					bridges.add(bridge);
				}
				message = next(advisories, deadline);
			}
		}
		return bridges;
	}

	private static Message next(MessageConsumer advisories, long deadline) throws JMSException {
		return advisories.receive(Math.max(1, Math.min(QUIET, NetworkWatch.remainingMillis(deadline))));
	}

	private Set<String> refused(List<NetworkBridgeFilter> bridges) throws JMSException {
		try (QueueBrowser browser = this.session.createBrowser(this.session.createQueue(this.queue))) {
			Enumeration<?> messages = browser.getEnumeration();
			for (int i = 0; i < HEAD && messages.hasMoreElements(); i++) {
				if (messages.nextElement() instanceof ActiveMQMessage message
						&& bridges.stream().allMatch((bridge) -> refuses(bridge, message))) {
					Set<String> origins = new LinkedHashSet<>();
					bridges.forEach((bridge) -> origins.add(bridge.getNetworkBrokerId().getValue()));
					return origins;
				}
			}
		}
		return Set.of();
	}

	private static boolean refuses(NetworkBridgeFilter bridge, ActiveMQMessage message) {
		BrokerId[] path = message.getBrokerPath();
		if (path == null || path.length == 0) {
			return false;
		}
		return NetworkBridgeFilter.contains(path, bridge.getNetworkBrokerId())
				|| bridge.getMessageTTL() > -1 && path.length >= bridge.getMessageTTL();
	}

}
