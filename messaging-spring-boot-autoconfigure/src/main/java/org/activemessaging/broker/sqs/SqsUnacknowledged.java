package org.activemessaging.broker.sqs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.jms.JMSException;

/**
 * What a session that is not transacted has received and not acknowledged yet, where its
 * mode leaves that to the application. May be used by several threads.
 */
final class SqsUnacknowledged {

	private final Set<SqsLease> leases = new LinkedHashSet<>();

	private final SqsLeases all;

	private final boolean individual;

	/**
	 * Creates it.
	 * @param all the leases of the connection
	 * @param individual whether each message is acknowledged on its own, and not with all
	 * that were received before it
	 */
	SqsUnacknowledged(SqsLeases all, boolean individual) {
		this.all = all;
		this.individual = individual;
	}

	synchronized void add(SqsLease lease) {
		this.leases.add(lease);
	}

	/**
	 * Acknowledges what an acknowledgement of one message means. Not while it is locked,
	 * as it waits for the broker.
	 */
	void acknowledge(SqsLease lease) throws JMSException {
		List<SqsLease> meant = meantBy(lease);
		if (!meant.isEmpty()) {
			this.all.acknowledge(meant);
			remove(meant);
		}
	}

	private synchronized List<SqsLease> meantBy(SqsLease lease) {
		if (!this.individual) {
			return new ArrayList<>(this.leases);
		}
		return this.leases.contains(lease) ? List.of(lease) : List.of();
	}

	private synchronized void remove(List<SqsLease> acknowledged) {
		acknowledged.forEach(this.leases::remove);
	}

	/**
	 * Returns what is still to be acknowledged, and forgets it.
	 */
	synchronized List<SqsLease> takeAll() {
		List<SqsLease> taken = new ArrayList<>(this.leases);
		this.leases.clear();
		return taken;
	}

}
