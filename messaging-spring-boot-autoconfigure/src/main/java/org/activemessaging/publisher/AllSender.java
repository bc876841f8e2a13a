package org.activemessaging.publisher;

import java.util.List;

import jakarta.jms.JMSException;
import org.activemessaging.PublishAllException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.Support;
import org.jspecify.annotations.Nullable;

/**
 * Sends many messages of one caller in their order, in as few transactions as it takes.
 */
final class AllSender {

	private static final int MOST_MESSAGES = 1000;

	private static final int MOST_BYTES = 4 * 1024 * 1024;

	private static final long FIRST_PAUSE = 20_000_000;

	private static final long LONGEST_PAUSE = 1_000_000_000;

	private final Broker broker;

	private final Transactions transactions;

	private final SingleSender singles;

	private final OutageLog outage;

	private final boolean atomic;

	AllSender(Broker broker, Transactions transactions, SingleSender singles, OutageLog outage) {
		this.broker = broker;
		this.transactions = transactions;
		this.singles = singles;
		this.outage = outage;
		Support support = broker.adapter().capabilities(broker.profile()).get(Capability.ATOMIC_MOVE);
		this.atomic = support != null && support.level() == Support.Level.NATIVE;
	}

	/**
	 * Sends messages.
	 * @param messages the messages, all to one destination
	 * @throws PublishAllException if the broker has not got all of them
	 */
	void send(List<OutboundMessage> messages) {
		int sent = 0;
		while (sent < messages.size()) {
			List<OutboundMessage> next = messages.subList(sent, end(messages, sent));
			if (next.get(0).mayShare()) {
				sendTogether(next, sent);
			}
			else {
				sendSingle(next.get(0), sent);
			}
			sent += next.size();
		}
	}

	private static int end(List<OutboundMessage> messages, int begin) {
		long bytes = messages.get(begin).size();
		int end = begin + 1;
		while (messages.get(begin).mayShare() && end < messages.size() && end - begin < MOST_MESSAGES
				&& messages.get(end).mayShare()) {
			bytes += messages.get(end).size();
			if (bytes > MOST_BYTES) {
				break;
			}
			end++;
		}
		return end;
	}

	private void sendSingle(OutboundMessage message, int sent) {
		try {
			this.singles.send(message, deadline());
		}
		catch (PublishUncertainException ex) {
			throw failed(List.of(message), sent, 1, ex);
		}
		catch (RuntimeException ex) {
			throw failed(List.of(message), sent, 0, ex);
		}
	}

	private void sendTogether(List<OutboundMessage> messages, int sent) {
		long deadline = deadline();
		Exception unanswered = null;
		long pause = FIRST_PAUSE;
		do {
			Verdict verdict = attempt(messages, deadline);
			if (verdict.kind() == Verdict.Kind.SENT) {
				return;
			}
			Exception failure = verdict.failure();
			if (verdict.kind() == Verdict.Kind.UNANSWERED && failure instanceof JMSException lost) {
				this.outage.lost(lost);
				unanswered = (unanswered != null) ? unanswered : failure;
			}
			else if (unanswered == null || !(failure instanceof PublishException)) {
				boolean none = unanswered == null && (this.atomic || failure instanceof PublishException);
				throw failed(messages, sent, none ? 0 : messages.size(), (unanswered != null) ? unanswered : failure);
			}
			pause = Math.min(2 * pause, LONGEST_PAUSE);
		}
		while (PublisherLanes.sleep(pause, deadline));
		throw failed(messages, sent, messages.size(), unanswered);
	}

	private Verdict attempt(List<OutboundMessage> messages, long deadline) {
		try {
			return this.transactions.send(this.transactions.lane(messages, deadline), messages, deadline);
		}
		catch (PublishException ex) {
			return Verdict.apart(ex);
		}
	}

	private long deadline() {
		return System.nanoTime() + this.broker.profile().publishTimeout().toNanos();
	}

	private PublishAllException failed(List<OutboundMessage> messages, int sent, int uncertain,
			@Nullable Exception cause) {
		OutboundMessage first = messages.get(0);
		Object reason = (cause == null) ? "no answer"
				: (cause instanceof PublishException) ? cause.getMessage() : OutageLog.describe(cause);
		return new PublishAllException(first.destination().name(),
				"Of the messages to " + first.destination() + ", " + this.broker + " has the first " + sent
						+ ((uncertain > 0) ? "; of the next " + uncertain + ", from " + first.id()
								+ " on, nobody knows whether it has them" : "")
						+ ": " + reason,
				sent, uncertain, cause);
	}

}
