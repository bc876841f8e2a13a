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
import org.activemessaging.processor.UnconvertibleMessageException;
import org.activemessaging.redelivery.FailureKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

	private static final Log logger = LogFactory.getLog(FilteringMessageReceiver.class);

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
		Throwable failure = handle(lane, message);
		if (failure == null) {
			commit(lane, message);
			return;
		}
		DeadLetter letter = this.receiver.givingUp()
			.decide(this.destination, this.group, this.sources.of(message), message, failure);
		if (letter == null) {
			giveBack(lane, failure);
		}
		else {
			giveUp(lane, message, letter);
			if (Delivery.kind(failure) == FailureKind.UNCONVERTIBLE
					|| Delivery.kind(failure) == FailureKind.PAYLOAD_TOO_LARGE) {
				return;
			}
		}
		rethrow(failure);
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

	private void commit(ReceiverLane lane, Message message) throws JMSException {
		try {
			this.connection.call(this.destination, this.connection.answerNanos(), lane, () -> {
				lane.commit();
				return true;
			});
		}
		catch (JMSException | ReceiveException ex) {
			boolean refused = isTakenBack(lane, ex);
			// In nobody's hands it would be lost if the broker has noted that it is done.
			if (this.acknowledgedFirst && this.handled && !refused) {
				logger.warn("A message was received from " + this.destination
						+ ", and may come again, as there is no answer to its acknowledgement: "
						+ OutageLog.describe(ex));
				return;
			}
			throw new ReceiveException(this.destination.name(), "Message " + Delivery.id(message) + " from "
					+ this.destination + " was handled, but comes again: " + OutageLog.describe(ex), ex);
		}
	}

	private boolean isTakenBack(ReceiverLane lane, Exception failure) {
		if (!(failure instanceof JMSException refusal)
				|| this.connection.broker().adapter().isConnectionLost(refusal)) {
			lane.leave();
			return false;
		}
		try {
			rollback(lane);
			return true;
		}
		catch (JMSException | ReceiveException ex) {
			failure.addSuppressed(ex);
			lane.leave();
			return false;
		}
	}

	private void giveUp(ReceiverLane lane, Message message, DeadLetter letter) throws JMSException {
		try {
			this.connection.call(this.destination, this.connection.answerNanos(), lane, () -> {
				this.receiver.givingUp().move(lane, message, letter);
				lane.commit();
				return true;
			});
		}
		catch (JMSException | ReceiveException ex) {
			isTakenBack(lane, ex);
			letter.failure().addSuppressed(ex);
			throw new ReceiveException(this.destination.name(),
					"Message " + Delivery.id(message) + " from " + this.destination
							+ " failed, and goes back as it cannot be moved to the dead letters: "
							+ OutageLog.describe(ex),
					letter.failure());
		}
		this.receiver.givingUp().moved(message, letter);
	}

	private void giveBack(ReceiverLane lane, Throwable failure) {
		try {
			rollback(lane);
		}
		catch (JMSException | ReceiveException ex) {
			// The broker takes it back when the connection is closed.
			failure.addSuppressed(ex);
			lane.leave();
		}
	}

	private void rollback(ReceiverLane lane) throws JMSException {
		this.connection.call(this.destination, this.connection.answerNanos(), lane, () -> {
			lane.rollback();
			return true;
		});
	}

	@SuppressWarnings("unchecked")
	private void rethrow(Throwable failure) throws E {
		if (failure instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure == this.thrown) {
			throw (E) failure;
		}
		throw new ReceiveException(this.destination.name(),
				"A filter of messages from " + this.destination + " failed: " + failure.getMessage(), failure);
	}

}
