package org.activemessaging.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.MessageMove;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.redelivery.Decision;
import org.activemessaging.redelivery.FailureKind;
import org.activemessaging.redelivery.RedeliveryPolicy;
import org.activemessaging.redelivery.RedeliveryRules;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message from the session that received it to the point where its
 * transaction may commit: processed, moved to a delay queue, or moved to the dead
 * letters. Whatever a processor throws ends here; what leaves is the broker's trouble
 * only.
 */
final class InboundFlow {

	static final String STALLED = "failed messages cannot be moved: ";

	private static final Log logger = LogFactory.getLog(InboundFlow.class);

	private final FailureNotes notes = new FailureNotes();

	private final CrashCount crashes = new CrashCount();

	private final ProcessorDefinition processor;

	private final Address source;

	private final ProcessorCall call;

	private final ListenerSettings settings;

	private final DelayQueues delayQueues;

	private final DeadLetters deadLetters;

	private final DeliveryListener listener;

	private final Brake brake;

	private final DeadLetterLog deadLetterLog;

	private final MinuteLog ruleLog = new MinuteLog(logger::warn);

	private final Pauses pauses = new Pauses();

	private volatile @Nullable String stalled;

	InboundFlow(ProcessorDefinition processor, Address source, FilterChain filters, ListenerSettings settings,
			DelayQueues delayQueues, DeadLetters deadLetters, DeliveryListener listener) {
		this.processor = processor;
		this.source = source;
		this.settings = settings;
		this.delayQueues = delayQueues;
		this.deadLetters = deadLetters;
		this.listener = listener;
		this.brake = new Brake(settings.brake());
		this.deadLetterLog = new DeadLetterLog(processor.toString(), settings.redelivery().maxAttempts());
		this.call = new ProcessorCall(processor, filters, listener, this.brake, settings);
	}

	Brake brake() {
		return this.brake;
	}

	Pauses pauses() {
		return this.pauses;
	}

	/**
	 * Begins to handle a message that another thread may try first.
	 * @param message the message
	 * @param transaction the transaction in which it was received
	 * @return the first try, or {@code null} if the message has to be tried by the thread
	 * of its session
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable FirstTry firstTry(Message message, ConsumerTransaction transaction) throws JMSException {
		return isFirst(message) ? new FirstTry(this.call, message, transaction) : null;
	}

	// What was in work at a crash is tried with as few others as possible.
	private boolean isFirst(Message message) throws JMSException {
		return !message.getJMSRedelivered() && !Delivery.isSuspect(message) && this.notes.of(message).failure() == null;
	}

	boolean takesWindow() {
		return this.processor.method().takesWindow();
	}

	/**
	 * Has the messages of a window tried in one call, as far as they may be.
	 * @param messages the messages
	 * @param transaction the transaction in which they were received
	 * @return for each the try, or {@code null} if it is to be tried alone
	 * @throws JMSException if the broker refuses what was published
	 */
	List<@Nullable EarlierTry> tryTogether(List<Message> messages, ConsumerTransaction transaction)
			throws JMSException {
		WindowTry window = new WindowTry(this.call, this.processor.method());
		for (Message message : messages) {
			window.add(message, isFirst(message));
		}
		return window.run(transaction);
	}

	/**
	 * Handles a message, in as many tries as it may have now.
	 * @param message the message
	 * @param transaction the transaction in which it was received
	 * @param first what was tried before, or {@code null} if nothing was
	 * @param alone whether it is the only message of its transaction
	 * @param pause what waits between two tries in place
	 * @return what became of it once the transaction commits
	 * @throws GivenBackException if the message has to go back to the broker
	 * @throws JMSException if the broker refuses something
	 */
	Outcome handle(Message message, ConsumerTransaction transaction, @Nullable EarlierTry first, boolean alone,
			Pause pause) throws JMSException {
		RedeliveryRules rules = this.settings.redelivery();
		FailureNotes.Note note = this.notes.of(message);
		int attempt = Math.max(Delivery.attempts(message, rules.maxAttempts()), note.attempt());
		int crashCount = this.crashes.of(message);
		if (rules.policy().isSuspect(crashCount) && !Delivery.isSuspect(message) && !staysInPlace(message)) {
			setAside(message, transaction, crashCount);
			return Outcome.SET_ASIDE;
		}
		Throwable failure = isConvicted(message, crashCount) ? new CrashSuspectException(crashCount)
				: (note.failure() != null) ? note.failure()
						: (first != null) ? first.end(transaction) : this.call.once(message, transaction);
		while (failure != null) {
			FailureKind kind = Delivery.kind(failure);
			Decision decision = rules.decide(kind, failure, attempt + 1, ThreadLocalRandom.current().nextDouble());
			if (decision instanceof Decision.Discard) {
				return Outcome.discarded(failure);
			}
			if (decision instanceof Decision.Pause demanded) {
				pauseAndGiveBack(message, transaction, demanded, failure, alone);
				return Outcome.GONE_BACK;
			}
			DeadLetter letter = letter(kind, decision.attempt(), failure);
			if (decision instanceof Decision.GiveUp) {
				this.notes.put(message, attempt, failure);
				this.deadLetters.add(transaction, message, letter);
				return Outcome.givenUp(letter);
			}
			if (decision instanceof Decision.Later later) {
				if (!staysInPlace(message)) {
					this.notes.put(message, attempt, failure);
					tryLater(message, transaction, letter, later.delay());
					return Outcome.postponed(later.delay());
				}
				this.listener.redelivered(this.processor, later.delay());
				waitInPlace(message, decision.attempt(), later.delay(), alone, pause);
			}
			else {
				this.listener.redelivered(this.processor, Duration.ZERO);
			}
			attempt = decision.attempt();
			if (note.failure() != null) {
				this.notes.put(message, attempt, null);
			}
			failure = this.call.once(message, transaction);
		}
		return Outcome.PROCESSED;
	}

	/**
	 * Notes that the transaction of a message is committed.
	 * @param message the message
	 * @param outcome what became of it
	 * @throws JMSException if the message cannot be read
	 */
	void committed(Message message, Outcome outcome) throws JMSException {
		this.notes.done(message);
		this.crashes.done(message);
		if (outcome == Outcome.GONE_BACK) {
			return;
		}
		DeadLetter letter = outcome.letter();
		if (letter != null) {
			this.listener.deadLettered(this.processor, letter);
			this.deadLetterLog.add(letter, Delivery.id(message));
		}
		else if (outcome.delay() != null) {
			this.listener.redelivered(this.processor, outcome.delay());
		}
		else if (outcome.discarded() != null) {
			discarded(outcome.discarded());
			this.listener.settled(this.processor, message, null);
			return;
		}
		if (outcome.delay() == null) {
			this.listener.settled(this.processor, message, letter);
		}
		if (outcome.moved() && this.stalled != null) {
			this.stalled = null;
			this.brake.succeeded();
			logger.info(this.processor + " can move failed messages again");
		}
	}

	/**
	 * Tells whether a message may well kill the application.
	 * @param message the message
	 * @return whether it was involved in more than one crash
	 * @throws JMSException if the message cannot be read
	 */
	boolean isDangerous(Message message) throws JMSException {
		return this.crashes.of(message) > 1 && !this.source.topic();
	}

	/**
	 * Notes that a message went back to the broker, which has to do with this instance
	 * and is no crash.
	 * @param message the message
	 * @throws JMSException if the message cannot be read
	 */
	void givenBack(Message message) throws JMSException {
		this.crashes.givenBack(message);
	}

	/**
	 * Deals with a transaction that the broker has refused although it can be reached.
	 * @param message the only message of the transaction
	 * @param published whether its processor has published something
	 * @param refusal what the broker said
	 * @return whether it is dealt with when the message comes again, {@code false} if it
	 * is the broker's trouble
	 * @throws JMSException if the message cannot be read
	 */
	boolean refused(Message message, boolean published, JMSException refusal) throws JMSException {
		FailureNotes.Note note = this.notes.of(message);
		if (note.failure() != null) {
			stall(OutageLog.describe(refusal));
			return true;
		}
		if (!published) {
			return false;
		}
		// Not sent are perhaps only some of the messages, and the transaction cannot take
		// back the others alone: so the failure is dealt with in another transaction.
		OutputRefusedException failure = new OutputRefusedException(refusal);
		int attempt = Delivery.attempts(message, this.settings.redelivery().maxAttempts());
		this.notes.put(message, Math.max(attempt, note.attempt()), failure);
		this.call.failed(message, failure, 0);
		return true;
	}

	// A message that can neither be processed nor be moved stays where it is: it is
	// neither lost nor counted, and tried again more and more seldom.
	private void stall(String reason) {
		if (this.stalled == null) {
			logger.warn(this.processor + " cannot move failed messages and keeps them in " + this.source
					+ " until it can: " + reason);
		}
		this.stalled = STALLED + reason;
		this.brake.apply();
	}

	@Nullable String stalledReason() {
		return this.stalled;
	}

	private DeadLetter letter(FailureKind kind, int attempt, Throwable failure) {
		return new DeadLetter(this.processor.id(), this.processor.destination(), this.processor.group(), this.source,
				kind.label(), attempt, failure);
	}

	private void tryLater(Message message, ConsumerTransaction transaction, DeadLetter letter, Duration delay)
			throws JMSException {
		this.delayQueues.delay(transaction, message,
				new DelayQueues.Origin(this.processor.destination().name(), this.processor.group()),
				(move) -> FailureHeaders.write(move, message, letter), delay);
		if (logger.isDebugEnabled()) {
			logger.debug(this.processor + " tries a message again in " + delay, letter.failure());
		}
	}

	private void discarded(Throwable failure) {
		this.listener.discarded(this.processor, failure);
		this.ruleLog.add(this.processor + " discards a message, as a rule says for this failure: " + describe(failure));
	}

	private static String describe(Throwable failure) {
		return failure.getClass().getName() + ": " + FailureHeaders.clean(failure.getMessage());
	}

	// What was done for the others of its window is not repeated: then the message goes
	// to the end of its queue, together with their acknowledgement.
	private void pauseAndGiveBack(Message message, ConsumerTransaction transaction, Decision.Pause demanded,
			Throwable failure, boolean alone) throws JMSException {
		this.pauses.addRule(demanded.time());
		this.ruleLog.add(this.processor + " takes no messages for " + demanded.time().toMillis()
				+ " ms, as a rule says for this failure: " + describe(failure));
		boolean canGoBack = this.settings.acknowledge() != AcknowledgeMode.UNSAFE_AUTO;
		if (staysInPlace(message) || (alone && canGoBack)) {
			this.notes.put(message, demanded.attempt(), null);
			throw new GivenBackException();
		}
		MessageMove move = new MessageMove(message).headerIfAbsent(MessagingHeaders.ID, Delivery.id(message));
		if (demanded.attempt() > 0) {
			move.header(MessagingHeaders.ATTEMPT, demanded.attempt());
		}
		move.to(transaction.broker(), transaction.session(), transaction.producer(), this.source);
	}

	// Brokers count more than crashes: whatever they had handed ahead, also to a bridge
	// to
	// another broker. So a suspect gets a new count, and is tried alone from then on. One
	// of a message group would lose its order, and has twice the limit instead.
	private void setAside(Message message, ConsumerTransaction transaction, int crashCount) throws JMSException {
		logger.warn("Message " + FailureHeaders.clean(Delivery.id(message)) + " of " + this.processor
				+ " was in work at " + crashCount + " crashes of the application; it is tried alone now");
		new MessageMove(message).header(MessagingHeaders.SUSPECT, crashCount)
			.headerIfAbsent(MessagingHeaders.ID, Delivery.id(message))
			.to(transaction.broker(), transaction.session(), transaction.producer(), this.source);
	}

	private boolean isConvicted(Message message, int crashCount) throws JMSException {
		RedeliveryPolicy policy = this.settings.redelivery().policy();
		return policy.isConvicted(crashCount) && (Delivery.isSuspect(message) || policy.isSuspect(crashCount / 2));
	}

	// A message of a group holds its group until it is done, so that their order is kept;
	// and a message of a topic has no queue of its own to return to.
	private boolean staysInPlace(Message message) throws JMSException {
		return this.source.topic() || Delivery.isGrouped(message);
	}

	private void waitInPlace(Message message, int attempt, Duration delay, boolean alone, Pause pause)
			throws JMSException {
		// The others of its window must not wait for it: then all go back, and each comes
		// again in a transaction of its own.
		if (!alone || !pause.sleep(delay)) {
			this.notes.put(message, attempt, null);
			throw new GivenBackException();
		}
	}

	/**
	 * What becomes of a message when its transaction commits.
	 *
	 * @param letter why it is given up, or {@code null} if it is not
	 * @param delay after how long it is tried again, or {@code null} if it is not
	 * @param discarded with what it failed if it is discarded, or {@code null} if it is
	 * not
	 */
	record Outcome(@Nullable DeadLetter letter, @Nullable Duration delay, @Nullable Throwable discarded) {

		static final Outcome PROCESSED = new Outcome(null, null, null);

		static final Outcome SET_ASIDE = new Outcome(null, Duration.ZERO, null);

		static final Outcome GONE_BACK = new Outcome(null, Duration.ZERO, null);

		static Outcome givenUp(DeadLetter letter) {
			return new Outcome(letter, null, null);
		}

		static Outcome postponed(Duration delay) {
			return new Outcome(null, delay, null);
		}

		static Outcome discarded(Throwable failure) {
			return new Outcome(null, null, failure);
		}

		boolean moved() {
			return this != PROCESSED;
		}

	}

	/**
	 * A wait that ends early when the container stops.
	 */
	@FunctionalInterface
	interface Pause {

		/**
		 * Waits.
		 * @param duration how long
		 * @return whether to go on, {@code false} if the container stops
		 */
		boolean sleep(Duration duration);

	}

	/**
	 * Thrown when the messages of the transaction have to go back to the broker.
	 */
	static final class GivenBackException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		GivenBackException() {
			super("given back to the broker", null, false, false);
		}

	}

}
