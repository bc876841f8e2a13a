package org.activemessaging.listener;

import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.Acknowledgment;
import org.activemessaging.PayloadTooLargeException;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.destination.ConcreteSource;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.redelivery.FailureKind;
import org.activemessaging.redelivery.RedeliveryRules;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has a message processed once: reads it, calls the filters and the processor, and sends
 * what was published meanwhile on the session of the consumer.
 */
final class ProcessorCall {

	private static final Log logger = LogFactory.getLog(ProcessorCall.class);

	private final ProcessorDefinition processor;

	private final FilterChain filters;

	private final DeliveryListener listener;

	private final Brake brake;

	private final RedeliveryRules rules;

	private final long maxPayloadSize;

	private final ObservedTries tries;

	private final ConcreteSource sources;

	ProcessorCall(ProcessorDefinition processor, FilterChain filters, DeliveryListener listener, Brake brake,
			ListenerSettings settings, ObservedTries tries, ConcreteSource sources) {
		this.processor = processor;
		this.filters = filters;
		this.listener = listener;
		this.brake = brake;
		this.rules = settings.redelivery();
		this.maxPayloadSize = settings.maxPayloadSize();
		this.tries = tries;
		this.sources = sources;
	}

	ObservedTries tries() {
		return this.tries;
	}

	/**
	 * Has a message processed.
	 * @param message the message
	 * @param transaction the transaction in which it was received
	 * @return what the processor threw, or {@code null} if it succeeded
	 * @throws JMSException if the broker refuses what was published
	 */
	@Nullable Throwable once(Message message, ConsumerTransaction transaction) throws JMSException {
		try (ProcessObserver.Observed observed = this.tries.begin(message)) {
			return once(message, transaction, observed);
		}
	}

	private @Nullable Throwable once(Message message, ConsumerTransaction transaction,
			ProcessObserver.Observed observed) throws JMSException {
		long startedAt = System.nanoTime();
		MessageAcknowledgment acknowledgment = this.processor.method().acknowledges()
				? new MessageAcknowledgment(message) : null;
		open(message, transaction);
		try {
			Throwable failure = process(message, acknowledgment);
			if (failure != null) {
				failed(message, failure, System.nanoTime() - startedAt, observed);
				if (acknowledgment != null && acknowledgment.isDone()) {
					logger.warn(
							this.processor + " failed after it had acknowledged its message, which is not tried again: "
									+ failure.getClass().getName() + ": " + FailureHeaders.clean(failure.getMessage()));
					logger.debug("Failure after the acknowledgement", failure);
					return null;
				}
				return failure;
			}
			transaction.flush();
		}
		catch (JMSException ex) {
			observed.failed(ex);
			throw ex;
		}
		finally {
			transaction.close();
		}
		succeeded(message, startedAt, System.nanoTime() - startedAt);
		return null;
	}

	/**
	 * Has a message processed by another thread than that of the session. What was
	 * published stays in the transaction.
	 * @param message the message
	 * @param transaction a transaction of its own
	 * @return what the processor threw, or {@code null} if it succeeded
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable Throwable withoutSending(Message message, ConsumerTransaction transaction) throws JMSException {
		try (ProcessObserver.Observed observed = this.tries.begin(message)) {
			return withoutSending(message, transaction, observed);
		}
	}

	private @Nullable Throwable withoutSending(Message message, ConsumerTransaction transaction,
			ProcessObserver.Observed observed) throws JMSException {
		long startedAt = System.nanoTime();
		open(message, transaction);
		Throwable failure;
		try {
			failure = process(message, null);
		}
		finally {
			transaction.leave();
		}
		if (failure != null) {
			failed(message, failure, System.nanoTime() - startedAt, observed);
		}
		else {
			succeeded(message, startedAt, System.nanoTime() - startedAt);
		}
		return failure;
	}

	private void open(Message message, ConsumerTransaction transaction) {
		transaction.open(() -> cause(List.of(message)));
	}

	String cause(List<Message> messages) throws JMSException {
		StringBuilder cause = new StringBuilder(this.processor.id());
		for (Message message : messages) {
			cause.append('/').append(Delivery.id(message));
		}
		return cause.toString();
	}

	/**
	 * Notes that a message was processed.
	 * @param message the message
	 * @param startedAt when that began, by {@link System#nanoTime()}
	 * @param nanos how long it took, in nanoseconds
	 * @throws JMSException if the message cannot be read
	 */
	void succeeded(Message message, long startedAt, long nanos) throws JMSException {
		this.listener.processed(this.processor, nanos, Delivery.waitMillis(message, startedAt));
		if (this.brake.succeeded()) {
			logger.info(this.processor + " is back to its own pace");
		}
	}

	void failed(Message message, Throwable failure, long nanos, ProcessObserver.Observed observed) throws JMSException {
		observed.failed(failure);
		this.tries.failed(message, observed);
		failed(message, failure, nanos);
	}

	/**
	 * Notes that a message has failed.
	 * @param message the message
	 * @param failure why
	 * @param nanos how long it took, in nanoseconds
	 * @throws JMSException if the message cannot be read
	 */
	void failed(Message message, Throwable failure, long nanos) throws JMSException {
		this.listener.failed(this.processor, nanos, failure);
		this.listener.tried(this.processor, message, failure);
		FailureKind kind = Delivery.kind(failure);
		if (this.rules.mayBeAnOutage(kind, failure) && this.brake.failed(Delivery.id(message))) {
			logger.warn(this.processor + " slows down to one message at a time, as different messages fail in a row;"
					+ " the last one with " + failure.getClass().getName() + ": "
					+ FailureHeaders.clean(failure.getMessage()));
		}
	}

	// Also a JMSException of user code is a failure of the message: if it got through,
	// the container would take it for a broken connection and tear that down.
	@Nullable Throwable process(Message message, @Nullable Acknowledgment acknowledgment) {
		org.springframework.messaging.Message<?> read;
		try {
			read = InboundMessages.read(message, this.sources.name(message), acknowledgment, this.maxPayloadSize);
		}
		catch (PayloadTooLargeException ex) {
			return ex;
		}
		catch (Exception ex) {
			return new Delivery.UnreadableMessageException(ex);
		}
		try {
			this.filters.proceed(read);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

}
