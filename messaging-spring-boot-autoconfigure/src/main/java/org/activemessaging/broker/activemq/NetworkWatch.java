package org.activemessaging.broker.activemq;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.QueueSample;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.advisory.AdvisorySupport;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.BrokerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether the broker belongs to a network of brokers, and whether messages are
 * stranded on it. Without replay, which is the default, a broker does not send back what
 * came to it from another broker: when the consumers move there, nobody gets it any more,
 * and every number that is seen where they are now looks well.
 * <p>
 * No client can read whether replay is set. What it sees are the bridges, which the
 * broker announces to everyone who listens, and the messages that none of them takes.
 *
 * @see <a href=
 * "https://activemq.apache.org/components/classic/documentation/networks-of-brokers">
 * Networks of brokers</a>
 */
final class NetworkWatch {

	private static final Log logger = LogFactory.getLog(NetworkWatch.class);

	private static final String BRIDGES = "ActiveMQ.Advisory.NetworkBridge";

	private static final String REMEDY = " Set 'replayWhenNoConsumers=true' and 'replayDelay=500' of a"
			+ " 'conditionalNetworkBridgeFilterFactory', 'enableAudit=false' and 'expireMessagesPeriod=1000' in the"
			+ " destination policy of every broker of the network, and 'messageTTL=10' of its network connectors.";

	// So many looks in a row at messages that nobody takes: less may be a pause.
	private static final int PATIENCE = 3;

	private final Map<String, String> peers = new LinkedHashMap<>();

	private final Map<String, Standstill> standstills = new HashMap<>();

	private final Session session;

	private final @Nullable MessageConsumer bridges;

	private String broker = "";

	NetworkWatch(Session session) throws JMSException {
		this.session = session;
		this.bridges = subscribe(session);
	}

	private static @Nullable MessageConsumer subscribe(Session session) throws JMSException {
		try {
			return session.createConsumer(session.createTopic(BRIDGES));
		}
		catch (JMSSecurityException ex) {
			logger.debug("No right to see the bridges of the broker", ex);
			return null;
		}
	}

	/**
	 * Takes notice of what there is to see now.
	 * @param samples the numbers of queues
	 * @param deadline until when it may take, in nanoseconds
	 */
	void look(Collection<QueueSample> samples, long deadline) throws JMSException {
		BrokerInfo connected = ((ActiveMQSession) this.session).getConnection().getBrokerInfo();
		if (connected != null && connected.getBrokerId() != null) {
			isAt(connected.getBrokerId().getValue());
		}
		readBridges();
		if (this.peers.isEmpty()) {
			this.standstills.clear();
			return;
		}
		for (QueueSample sample : samples) {
			Standstill standstill = this.standstills.computeIfAbsent(sample.queue(), (queue) -> new Standstill());
			if (standstill.isDue(sample) && System.nanoTime() < deadline) {
				standstill.strandedFrom = new StrandedMessages(this.session, sample.queue()).origins(deadline);
			}
		}
	}

	// With 'failover:', the connection may have gone on to another broker.
	private void isAt(String broker) {
		if (!broker.equals(this.broker)) {
			this.broker = broker;
			this.peers.clear();
			this.standstills.clear();
		}
	}

	private void readBridges() throws JMSException {
		if (this.bridges == null) {
			return;
		}
		for (Message message = this.bridges.receiveNoWait(); message != null; message = this.bridges.receiveNoWait()) {
			if (message instanceof ActiveMQMessage advisory && advisory.getDataStructure() instanceof BrokerInfo peer
					&& peer.getBrokerId() != null) {
				isAt(advisory.getStringProperty(AdvisorySupport.MSG_PROPERTY_ORIGIN_BROKER_ID));
				if (advisory.getBooleanProperty("started")) {
					this.peers.put(peer.getBrokerId().getValue(), String.valueOf(peer.getBrokerName()));
				}
				else {
					this.peers.remove(peer.getBrokerId().getValue());
				}
			}
		}
	}

	/**
	 * Returns what an operator has to know.
	 * @return sentences that stay the same as long as their cause does
	 */
	List<String> warnings() {
		List<String> warnings = new ArrayList<>();
		if (!this.peers.isEmpty()) {
			warnings.add("It is in a network with " + names(this.peers.values())
					+ ". What is forwarded to another broker may stay there when its consumers move."
					+ " Whether the brokers send it back, no client can see." + REMEDY);
		}
		this.standstills.forEach((queue, standstill) -> {
			if (!standstill.strandedFrom.isEmpty()) {
				warnings.add("Messages are stranded in queue '" + queue + "': they were forwarded to this broker,"
						+ " their consumers are now behind " + names(origins(standstill))
						+ ", and nothing is sent back." + REMEDY);
			}
		});
		return warnings;
	}

	List<BrokerCondition> conditions() {
		List<BrokerCondition> conditions = new ArrayList<>();
		this.standstills.forEach((queue, standstill) -> {
			if (!standstill.strandedFrom.isEmpty()) {
				conditions.add(new BrokerCondition(BrokerCondition.Kind.STRANDED, queue,
						standstill.depth + " messages were forwarded to this broker, and its bridges to "
								+ names(origins(standstill))
								+ ", where the consumers are now, refuse to send them back.",
						REMEDY.strip()));
			}
		});
		return conditions;
	}

	private Set<String> origins(Standstill standstill) {
		Set<String> origins = new LinkedHashSet<>();
		standstill.strandedFrom.forEach((id) -> origins.add(this.peers.getOrDefault(id, id)));
		return origins;
	}

	private static String names(Collection<String> names) {
		return "'" + String.join("', '", new TreeSet<>(names)) + "'";
	}

	static long remainingMillis(long deadline) {
		return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
	}

	/**
	 * For how long nobody has taken a message of a queue.
	 */
	private static final class Standstill {

		private Set<String> strandedFrom = Set.of();

		private long depth;

		private int looks;

		boolean isDue(QueueSample sample) {
			Long depth = sample.depth();
			if (depth == null) {
				return false;
			}
			Long inFlight = sample.inFlight();
			Long consumers = sample.consumers();
			boolean still = depth > 0 && depth >= this.depth && (inFlight == null || inFlight == 0)
					&& (consumers == null || consumers > 0);
			this.depth = depth;
			this.looks = still ? this.looks + 1 : 0;
			if (!still) {
				this.strandedFrom = Set.of();
			}
			return still && this.looks % PATIENCE == 0;
		}

	}

}
