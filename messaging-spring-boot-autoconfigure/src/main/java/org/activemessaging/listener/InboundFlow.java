package org.activemessaging.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.ConcreteSource;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.redelivery.Decision;
import org.activemessaging.redelivery.FailureKind;
import org.activemessaging.redelivery.RedeliveryPolicy;
import org.activemessaging.redelivery.RedeliveryRules;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message from the session that received it to the point where its
 * transaction may commit: processed, moved to a delay queue, or moved to the dead
 * letters. Whatever a processor throws ends here; what leaves is the broker's trouble
 * only.
 */
final class InboundFlow {

	private final FailureNotes notes = new FailureNotes();

	private final CrashCount crashes = new CrashCount();

	private final ProcessorDefinition processor;

	private final Address source;

	private final ConcreteSource sources;

	private final ProcessorCall call;

	private final ListenerSettings settings;

	private final MessageMoves moves;

	private final DeadLetters deadLetters;

	private final OutcomeReport report;

	private final Brake brake;

	private final Stall stall;

	private final Pauses pauses = new Pauses();

	private final MessageOrder order;

	InboundFlow(ProcessorDefinition processor, Address source, FilterChain filters, ListenerSettings settings,
			DelayQueues delayQueues, DeadLetters deadLetters, DeliveryListener listener, ProcessObserver observer) {
		this.processor = processor;
		this.source = source;
		this.sources = new ConcreteSource(processor.destination(), source);
		this.settings = settings;
		this.order = new MessageOrder(processor.method().order(), settings.maxPayloadSize());
		this.moves = new MessageMoves(processor, this.sources, delayQueues);
		this.deadLetters = deadLetters;
		this.report = new OutcomeReport(processor, listener, settings.redelivery().maxAttempts());
		this.brake = new Brake(settings.brake());
		this.stall = new Stall(processor.toString(), source.toString(), this.brake);
		this.call = new ProcessorCall(processor, filters, listener, this.brake, settings,
				new ObservedTries(processor, observer), this.sources);
	}

	Brake brake() {
		return this.brake;
	}

	MessageOrder order() {
		return this.order;
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
			this.moves.aside(message, transaction, crashCount);
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
			DeadLetter letter = letter(kind, decision.attempt(), failure, message);
			if (decision instanceof Decision.GiveUp) {
				this.notes.put(message, attempt, failure);
				this.deadLetters.add(transaction, message, letter);
				return Outcome.givenUp(letter);
			}
			if (decision instanceof Decision.Later later) {
				if (!staysInPlace(message)) {
					this.notes.put(message, attempt, failure);
					this.moves.later(message, transaction, letter, later.delay());
					return Outcome.postponed(later.delay());
				}
				this.report.redelivered(later.delay());
				waitInPlace(message, decision.attempt(), later.delay(), alone, pause);
			}
			else {
				this.report.redelivered(Duration.ZERO);
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
		this.call.tries().done(message);
		this.report.committed(message, outcome);
		if (outcome.moved() && outcome.discarded() == null) {
			this.stall.end();
		}
	}

	/**
	 * Tells whether a message may well kill the application.
	 * @param message the message
	 * @return whether it was involved in more than one crash
	 * @throws JMSException if the message cannot be read
	 */
	boolean isDangerous(Message message) throws JMSException {
		return this.crashes.of(message) > 1 && (!this.source.topic() || this.settings.subscription() != null);
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
			this.stall.begin(OutageLog.describe(refusal));
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

	@Nullable String stalledReason() {
		return this.stall.reason();
	}

	private DeadLetter letter(FailureKind kind, int attempt, Throwable failure, Message message) throws JMSException {
		return new DeadLetter(this.processor.id(), this.processor.destination(), this.processor.group(),
				this.sources.of(message), kind.label(), attempt, failure, this.call.tries().trace(message));
	}

	// What was done for the others of its window is not repeated: then the message goes
	// to the end of its queue, together with their acknowledgement.
	private void pauseAndGiveBack(Message message, ConsumerTransaction transaction, Decision.Pause demanded,
			Throwable failure, boolean alone) throws JMSException {
		this.pauses.addRule(demanded.time());
		this.report.paused(demanded.time(), failure);
		boolean canGoBack = this.settings.acknowledge() != AcknowledgeMode.UNSAFE_AUTO;
		if (staysInPlace(message) || (alone && canGoBack)) {
			this.notes.put(message, demanded.attempt(), null);
			throw new GivenBackException();
		}
		this.moves.toTheEnd(message, transaction, demanded.attempt(), this.call.tries().trace(message));
	}

	private boolean isConvicted(Message message, int crashCount) throws JMSException {
		RedeliveryPolicy policy = this.settings.redelivery().policy();
		return policy.isConvicted(crashCount) && (Delivery.isSuspect(message) || policy.isSuspect(crashCount / 2));
	}

	// A message with an order holds those behind it until it is done, so that their order
	// is kept;
	// and a message of a topic has no queue of its own to return to.
	private boolean staysInPlace(Message message) throws JMSException {
		return this.source.topic() || this.order.holds(message);
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

}
