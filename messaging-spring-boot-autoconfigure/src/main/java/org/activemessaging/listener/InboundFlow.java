package org.activemessaging.listener;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.Acknowledgment;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.redelivery.Decision;
import org.activemessaging.redelivery.FailureKind;
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

	private static final Log logger = LogFactory.getLog(InboundFlow.class);

	private final ProcessorDefinition processor;

	private final Address source;

	private final FilterChain filters;

	private final ListenerSettings settings;

	private final DelayQueues delayQueues;

	private final DeadLetters deadLetters;

	private final DeliveryListener listener;

	private final Brake brake;

	// Failures of messages that went back to the broker, which keeps no header of ours.
	// Bounded: such a message may come again to another instance.
	private final Map<String, Integer> attemptsInPlace = Collections.synchronizedMap(new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
			return size() > 1000;
		}

	});

	InboundFlow(ProcessorDefinition processor, Address source, FilterChain filters, ListenerSettings settings,
			DelayQueues delayQueues, DeadLetters deadLetters, DeliveryListener listener) {
		this.processor = processor;
		this.source = source;
		this.filters = filters;
		this.settings = settings;
		this.delayQueues = delayQueues;
		this.deadLetters = deadLetters;
		this.listener = listener;
		this.brake = new Brake(settings.brake());
	}

	Brake brake() {
		return this.brake;
	}

	/**
	 * Handles a message, in as many tries as it may have now.
	 * @param message the message
	 * @param transaction the transaction in which it was received
	 * @param alone whether it is the only message of its transaction
	 * @param pause what waits between two tries in place
	 * @return whether the message was moved to another queue instead of being processed
	 * @throws GivenBackException if the message has to go back to the broker
	 * @throws JMSException if the broker refuses something
	 */
	boolean handle(Message message, ConsumerTransaction transaction, boolean alone, Pause pause) throws JMSException {
		boolean moved = false;
		int attempt = Delivery.attempts(message, this.settings.redelivery().maxAttempts());
		if (!this.attemptsInPlace.isEmpty()) {
			attempt = Math.max(attempt, this.attemptsInPlace.getOrDefault(Delivery.id(message), 0));
		}
		Throwable failure = attempt(message, transaction);
		while (failure != null) {
			attempt++;
			FailureKind kind = Delivery.kind(failure);
			Decision decision = this.settings.redelivery()
				.decide(kind, attempt, ThreadLocalRandom.current().nextDouble());
			attempt = decision.attempt();
			if (decision instanceof Decision.GiveUp) {
				giveUp(message, transaction, letter(kind, attempt, failure));
				moved = true;
				break;
			}
			if (decision instanceof Decision.Later later) {
				this.listener.redelivered(this.processor, later.delay());
				if (!staysInPlace(message)) {
					tryLater(message, transaction, letter(kind, attempt, failure), later.delay());
					moved = true;
					break;
				}
				waitInPlace(message, attempt, later.delay(), alone, pause);
			}
			else {
				this.listener.redelivered(this.processor, Duration.ZERO);
			}
			failure = attempt(message, transaction);
		}
		if (!this.attemptsInPlace.isEmpty()) {
			this.attemptsInPlace.remove(Delivery.id(message));
		}
		return moved;
	}

	// Returns what the processor threw; throws what the broker's client did.
	private @Nullable Throwable attempt(Message message, ConsumerTransaction transaction) throws JMSException {
		long startedAt = System.nanoTime();
		MessageAcknowledgment acknowledgment = this.processor.method().acknowledges()
				? new MessageAcknowledgment(message) : null;
		transaction.open();
		try {
			process(message, acknowledgment);
			transaction.flush();
		}
		catch (ProcessingFailure ex) {
			this.listener.failed(this.processor, System.nanoTime() - startedAt, ex.getCause());
			slowDown(message, ex.getCause());
			if (acknowledgment != null && acknowledgment.isDone()) {
				logger.warn(this.processor + " failed after it had acknowledged its message, which is not tried again",
						ex.getCause());
				return null;
			}
			return ex.getCause();
		}
		finally {
			transaction.close();
		}
		this.listener.processed(this.processor, System.nanoTime() - startedAt, Delivery.waitMillis(message));
		if (this.brake.succeeded()) {
			logger.info(this.processor + " is back to its own pace");
		}
		return null;
	}

	private void slowDown(Message message, Throwable failure) throws JMSException {
		FailureKind kind = Delivery.kind(failure);
		boolean ofTheProcessor = kind == FailureKind.HANDLER || kind == FailureKind.ABORTED;
		if (ofTheProcessor && this.brake.failed(Delivery.id(message))) {
			logger.warn(this.processor + " slows down to one message at a time, as different messages fail in a row;"
					+ " the last one with " + failure.getClass().getName() + ": "
					+ FailureHeaders.clean(failure.getMessage()));
		}
	}

	// Also a JMSException of user code is a failure of the message: if it got through,
	// the container would take it for a broken connection and tear that down.
	private void process(Message message, @Nullable Acknowledgment acknowledgment) throws ProcessingFailure {
		org.springframework.messaging.Message<?> read;
		try {
			read = InboundMessages.read(message, acknowledgment, this.settings.maxPayloadSize());
		}
		catch (PayloadTooLargeException ex) {
			throw new ProcessingFailure(ex);
		}
		catch (Exception ex) {
			throw new ProcessingFailure(new Delivery.UnreadableMessageException(ex));
		}
		try {
			this.filters.proceed(read);
		}
		catch (Throwable ex) {
			throw new ProcessingFailure(ex);
		}
	}

	private DeadLetter letter(FailureKind kind, int attempt, Throwable failure) {
		return new DeadLetter(this.processor.id(), this.processor.destination(), this.processor.group(), this.source,
				kind.label(), attempt, failure);
	}

	private void giveUp(Message message, ConsumerTransaction transaction, DeadLetter letter) throws JMSException {
		this.deadLetters.add(transaction, message, letter);
		this.listener.deadLettered(this.processor, letter);
		logger.warn("Message " + FailureHeaders.clean(Delivery.id(message)) + " of " + this.processor
				+ " is moved to the dead letters in " + letter.address() + " after " + letter.attempt() + " of "
				+ this.settings.redelivery().maxAttempts() + " tries (" + letter.kind() + "): "
				+ letter.failure().getClass().getName() + ": " + FailureHeaders.clean(letter.failure().getMessage()));
		if (logger.isDebugEnabled()) {
			logger.debug("Last failure of the message", letter.failure());
		}
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
			this.attemptsInPlace.put(Delivery.id(message), attempt);
			throw new GivenBackException();
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

	/**
	 * Carries what a processor threw past the code that handles failures of the broker.
	 */
	private static final class ProcessingFailure extends Exception {

		private static final long serialVersionUID = 1L;

		private final Throwable failure;

		ProcessingFailure(Throwable failure) {
			super(null, null, false, false);
			this.failure = failure;
		}

		@Override
		public Throwable getCause() {
			return this.failure;
		}

	}

}
