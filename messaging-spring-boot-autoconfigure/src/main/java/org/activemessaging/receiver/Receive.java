package org.activemessaging.receiver;

import java.time.Duration;
import java.util.Objects;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessageReceiver.Handler;
import org.activemessaging.ReceiveException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.ConcreteSource;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.filter.Routing;
import org.activemessaging.listener.Delivery;
import org.activemessaging.listener.InboundMessages;
import org.activemessaging.listener.ProcessObserver.Observed;
import org.activemessaging.processor.UnconvertibleMessageException;
import org.activemessaging.redelivery.FailureKind;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.GenericMessage;

/**
 * One receive: from the wait for a message to the end of its transaction.
 *
 * @param <T> the type of the payload
 * @param <E> what the handler may throw
 */
final class Receive<T, E extends Exception> {

	private final FilteringMessageReceiver receiver;

	private final ReceiverConnection connection;

	private final NamedDestination destination;

	private final @Nullable String group;

	private final Address source;

	private final ConcreteSource sources;

	private final Class<T> payloadType;

	private final Handler<T, E> handler;

	private final boolean acknowledgedFirst;

	private boolean handled;

	private @Nullable Exception thrown;

	/**
	 * Creates a receive.
	 * @param receiver the receiver
	 * @param destination where the message is to come from
	 * @param group the consumer group of a virtual topic
	 * @param payloadType what the payload is converted to
	 * @param handler what handles the message
	 * @param acknowledgedFirst whether the message is in the hands of the caller only
	 * after its acknowledgement
	 */
	Receive(FilteringMessageReceiver receiver, NamedDestination destination, @Nullable String group,
			Class<T> payloadType, Handler<T, E> handler, boolean acknowledgedFirst) {
		this.receiver = receiver;
		this.destination = destination;
		this.group = group;
		this.source = destination.subscribeAddress(group);
		this.sources = new ConcreteSource(destination, this.source);
		this.connection = receiver.connection(destination.broker());
		this.payloadType = Objects.requireNonNull(payloadType, "'payloadType' must not be null");
		this.handler = handler;
		this.acknowledgedFirst = acknowledgedFirst;
	}

	/**
	 * Receives.
	 * @param timeout how long to wait for a message
	 * @param selector the condition on headers, or {@code null} for all messages
	 * @return whether one was handled
	 * @throws E what the handler throws
	 */
	boolean within(Duration timeout, @Nullable String selector) throws E {
		long startedAt = System.nanoTime();
		Throwable failure = null;
		try {
			return receive(timeout, selector);
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			this.receiver.events()
				.ended(this.destination, this.group, System.nanoTime() - startedAt, this.handled, failure);
		}
	}

	private boolean receive(Duration timeout, @Nullable String selector) throws E {
		ReceiverLane lane = this.connection.open(this.destination, this.source, selector);
		try {
			long deadline = System.nanoTime() + timeout.toNanos();
			long rest = timeout.toNanos();
			do {
				Message message = next(lane, Math.max(0, rest));
				if (message == null) {
					return false;
				}
				take(lane, message);
				rest = deadline - System.nanoTime();
			}
			while (!this.handled && rest > 0);
			return this.handled;
		}
		catch (JMSException ex) {
			throw new ReceiveException(this.destination.name(),
					"Nothing was received from " + this.destination + ": " + OutageLog.describe(ex), ex);
		}
		finally {
			this.connection.release(lane);
		}
	}

	private @Nullable Message next(ReceiverLane lane, long nanos) throws JMSException {
		Message message = this.connection.<@Nullable Message>call(this.destination,
				nanos + this.connection.answerNanos(), lane, () -> lane.receive(nanos));
		if (message == null && this.connection.isClosed()) {
			throw new ReceiveException(this.destination.name(),
					"Nothing was received from " + this.destination + ": the receiver is closed", null);
		}
		return message;
	}

	// The broker's trouble leaves as a JMSException, that of the handler as it is.
	private void take(ReceiverLane lane, Message message) throws JMSException, E {
		long waitMillis = Delivery.waitMillis(message, System.nanoTime());
		try (Observed observed = this.receiver.events()
			.begin(this.destination, this.group, message, !this.acknowledgedFirst)) {
			Throwable failure = handle(lane, message);
			if (failure != null) {
				observed.failed(failure);
			}
			try {
				if (settle(lane, message, failure, observed.trace())) {
					this.receiver.events().done(this.destination, this.group, waitMillis);
				}
			}
			catch (JMSException | ReceiveException ex) {
				observed.failed(ex);
				throw ex;
			}
		}
	}

	private boolean settle(ReceiverLane lane, Message message, @Nullable Throwable failure, @Nullable String trace)
			throws JMSException, E {
		Settlement settlement = new Settlement(this.connection, this.destination, lane, message);
		if (failure == null) {
			// In nobody's hands it would be lost if the broker has noted that it is done.
			settlement.commit(this.acknowledgedFirst && this.handled);
			return true;
		}
		DeadLetter letter = this.receiver.givingUp()
			.decide(this.destination, this.group, this.sources.of(message), message, failure, trace);
		if (letter == null) {
			settlement.giveBack(failure);
		}
		else {
			settlement.giveUp(this.receiver.givingUp(), letter);
			this.receiver.events().deadLettered(letter);
			if (Delivery.kind(failure) == FailureKind.UNCONVERTIBLE
					|| Delivery.kind(failure) == FailureKind.PAYLOAD_TOO_LARGE) {
				return false;
			}
		}
		throw rethrown(failure);
	}

	private @Nullable Throwable handle(ReceiverLane lane, Message message) throws JMSException {
		ConsumerTransaction outer = ConsumerTransaction.current();
		ConsumerTransaction transaction = lane.transaction();
		transaction.open(() -> "receiver/" + this.destination.name() + "/" + Delivery.id(message));
		try {
			this.receiver.filters()
				.chain(Routing.received(this.destination, this.group), this::convertAndHandle)
				.proceed(read(message));
			return null;
		}
		catch (Throwable ex) {
			transaction.close();
			this.handled = false;
			return ex;
		}
		finally {
			transaction.leave();
			if (outer != null) {
				outer.resume();
			}
		}
	}

	private org.springframework.messaging.Message<?> read(Message message) {
		try {
			return InboundMessages.read(message, this.sources.name(message), this.receiver.maxPayloadSize());
		}
		catch (MessageConversionException | JMSException ex) {
			throw new UnconvertibleMessageException("The receiver of " + this.destination, ex);
		}
	}

	private void convertAndHandle(org.springframework.messaging.Message<?> message) throws E {
		T payload;
		try {
			payload = this.payloadType.cast(this.receiver.converter().fromMessage(message, this.payloadType));
		}
		catch (RuntimeException ex) {
			throw new UnconvertibleMessageException("The receiver of " + this.destination, ex);
		}
		if (payload == null) {
			throw new UnconvertibleMessageException("The receiver of " + this.destination,
					new MessageConversionException("It has no payload"));
		}
		try {
			this.handler.handle(new GenericMessage<>(payload, message.getHeaders()));
			this.handled = true;
		}
		catch (Exception ex) {
			this.thrown = ex;
			throw ex;
		}
	}

	@SuppressWarnings("unchecked")
	private RuntimeException rethrown(Throwable failure) throws E {
		if (failure instanceof RuntimeException unchecked) {
			return unchecked;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure == this.thrown) {
			throw (E) failure;
		}
		return new ReceiveException(this.destination.name(),
				"A filter of messages from " + this.destination + " failed: " + failure.getMessage(), failure);
	}

}
