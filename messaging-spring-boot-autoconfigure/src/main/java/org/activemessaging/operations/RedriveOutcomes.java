package org.activemessaging.operations;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.deadletter.Cause;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.processor.ProcessorDefinition;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Follows messages that were sent back from the dead letters, by what the processors of
 * this instance do with them. Costs nothing while no redrive is followed.
 *
 * @since 0.1.0
 */
public final class RedriveOutcomes implements DeliveryListener {

	private static final Log logger = LogFactory.getLog(RedriveOutcomes.class);

	private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

	Tally follow(String operation) {
		return this.tallies.computeIfAbsent(operation, (id) -> new Tally());
	}

	void forget(String operation) {
		this.tallies.remove(operation);
	}

	@Override
	public void tried(ProcessorDefinition processor, Message message, Throwable failure) {
		if (!this.tallies.isEmpty()) {
			tell(message, (tally, id) -> tally.failing(id));
		}
	}

	@Override
	public void settled(ProcessorDefinition processor, Message message, @Nullable DeadLetter letter) {
		if (!this.tallies.isEmpty()) {
			tell(message, (tally, id) -> {
				if (letter == null) {
					tally.succeeded(id);
				}
				else {
					tally.failed(id, isTheSame(message, Cause.fingerprint(letter.failure(), message)));
				}
			});
		}
	}

	private void tell(Message message, Telling telling) {
		try {
			String operation = message.getStringProperty(MessagingHeaders.REDRIVE);
			Tally tally = (operation != null) ? this.tallies.get(operation) : null;
			String id = (tally != null) ? message.getStringProperty(MessagingHeaders.ID) : null;
			if (tally != null && id != null) {
				telling.tell(tally, id);
			}
		}
		catch (JMSException ex) {
			logger.debug("The outcome of a redriven message is not known", ex);
		}
	}

	/**
	 * Notes a dead letter that was sent back before.
	 * @param message the message as it is in the dead letters
	 * @param cause its fingerprint
	 */
	void found(Message message, String cause) {
		tell(message, (tally, id) -> tally.failed(id, isTheSame(message, cause)));
	}

	private static boolean isTheSame(Message message, String cause) throws JMSException {
		return cause.equals(message.getStringProperty(MessagingHeaders.REDRIVEN_CAUSE));
	}

	/**
	 * Tells a tally about a message.
	 */
	@FunctionalInterface
	private interface Telling {

		void tell(Tally tally, String id) throws JMSException;

	}

	/**
	 * What became of the messages of one redrive.
	 */
	static final class Tally {

		// A ratio of fewer says nothing: one message may have a trouble of its own.
		private static final int LEAST = 5;

		private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

		private final Set<String> failing = ConcurrentHashMap.newKeySet();

		private final Map<String, Boolean> failedTheSame = new ConcurrentHashMap<>();

		private void failing(String id) {
			this.failing.add(id);
		}

		private void succeeded(String id) {
			this.succeeded.add(id);
			this.failing.remove(id);
		}

		private void failed(String id, boolean theSame) {
			this.failedTheSame.put(id, theSame);
			this.failing.remove(id);
		}

		/**
		 * The number of messages of which it is known that they ended, or that a try of
		 * them failed.
		 */
		long known() {
			return failures() + this.succeeded.size();
		}

		/**
		 * The number of messages that failed, also of those that will be tried again.
		 */
		long failures() {
			return this.failedTheSame.size() + (long) this.failing.size();
		}

		/**
		 * Tells why a redrive must not go on.
		 * @param maxRatio which part of the messages may fail
		 * @return the reason, or {@code null} if it may
		 */
		@Nullable String tooOften(double maxRatio) {
			long known = known();
			long failures = failures();
			if (known < LEAST || failures <= maxRatio * known) {
				return null;
			}
			return failures + " of " + known + " messages that were sent back and tried have failed, more than "
					+ Math.round(maxRatio * 100) + " %; the rest stays in the dead letters";
		}

		OperationView.Outcome outcome(long redriven) {
			long same = this.failedTheSame.values().stream().filter(Boolean::booleanValue).count();
			long anew = this.failedTheSame.size() - same;
			long ended = this.succeeded.size() + same + anew;
			return new OperationView.Outcome(this.succeeded.size(), same, anew, Math.max(0, redriven - ended));
		}

	}

}
