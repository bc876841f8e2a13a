package org.activemessaging.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.broker.Support;
import org.activemessaging.deadletter.Cause;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.processor.ProcessorRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Shows the messages of queues and the causes of dead letters, on declared destinations
 * only. Waits for the broker, for ten seconds at most.
 *
 * @since 0.1.0
 */
public final class MessageInspection implements AutoCloseable {

	/**
	 * How many messages are shown at most.
	 */
	public static final int MAX_LIMIT = 1000;

	private final QueueReader reader = new QueueReader();

	private final DestinationQueues queues;

	private final MessagingOperations operations;

	private final Disclosure disclosure;

	/**
	 * Creates an inspection.
	 * @param destinations the destinations
	 * @param processors the processors, which know further groups
	 * @param operations what knows the depths of queues
	 * @param disclosure what of messages may be seen
	 */
	public MessageInspection(NamedDestinations destinations, ProcessorRegistry processors,
			MessagingOperations operations, Disclosure disclosure) {
		this.queues = new DestinationQueues(destinations, processors);
		this.operations = operations;
		this.disclosure = disclosure;
	}

	@Override
	public void close() {
		this.reader.close();
	}

	/**
	 * Shows the first messages of a queue.
	 * @param destination the logical name of the destination
	 * @param group the consumer group of a virtual topic, not needed where there is one
	 * @param limit how many messages, 1 to {@value #MAX_LIMIT}
	 * @param payload whether payloads are wanted
	 * @return the messages, as far as they may be seen
	 * @throws UnknownNameException if there is no such destination or group
	 * @throws IllegalArgumentException if the group or the limit is wrong
	 * @throws BrokerSilentException if the broker does not answer
	 */
	public MessagesView messages(String destination, @Nullable String group, int limit, boolean payload) {
		QueueRef queue = this.queues.find(destination, group).one();
		check(limit);
		Support support = QueueReader.support(queue.broker(), false);
		QueueSample sample = sample(queue.broker(), queue.source());
		Long depth = (sample != null) ? sample.depth() : null;
		boolean exact = sample != null && sample.exact();
		if (!support.available()) {
			return new MessagesView(queue.source().name(), queue.group(), depth, exact, "impossible", support.how(),
					null, false);
		}
		MessageViews views = new MessageViews(this.disclosure, payload);
		return this.reader.read(queue.broker(), queue.source(), support, limit + 1, (messages) -> {
			List<MessageView> shown = new ArrayList<>();
			for (Message message : messages.subList(0, Math.min(limit, messages.size()))) {
				shown.add(views.of(message, null));
			}
			return new MessagesView(queue.source().name(), queue.group(), depth, exact, support.level().label(),
					support.how(), shown, messages.size() > limit);
		});
	}

	/**
	 * Shows the dead letters of a queue, grouped by cause.
	 * @param destination the logical name of the destination
	 * @param group the consumer group of a virtual topic, not needed where there is one
	 * @param limit how many messages to look at, 1 to {@value #MAX_LIMIT}
	 * @param cause the fingerprint of the cause of the messages to show, or {@code null}
	 * for all
	 * @param payload whether payloads are wanted
	 * @return the causes and the messages, as far as they may be seen
	 * @throws UnknownNameException if there is no such destination or group
	 * @throws IllegalArgumentException if the group or the limit is wrong
	 * @throws BrokerSilentException if the broker does not answer
	 */
	public DeadLettersView deadLetters(String destination, @Nullable String group, int limit, @Nullable String cause,
			boolean payload) {
		QueueRef queue = this.queues.find(destination, group);
		check(limit);
		Support support = QueueReader.support(queue.broker(), true);
		MessageViews views = new MessageViews(this.disclosure, payload);
		MessageSelection selection = MessageSelection.ofCause(cause);
		return this.reader.read(queue.broker(), queue.deadLetters(), support, limit,
				(messages) -> view(queue, support, messages, selection, views));
	}

	private DeadLettersView view(QueueRef queue, Support support, List<Message> messages, MessageSelection selection,
			MessageViews views) throws JMSException {
		QueueSample sample = sample(queue.broker(), queue.deadLetters());
		List<Cause> causes = new ArrayList<>();
		List<MessageView> shown = new ArrayList<>();
		Instant now = Instant.now();
		for (Message message : messages) {
			Cause cause = Cause.of(message, queue.broker().adapter());
			causes.add(cause);
			if (selection.matches(message, queue.broker().adapter(), now)) {
				shown.add(views.of(message, cause));
			}
		}
		return new DeadLettersView(queue.deadLetters().name(), queue.group(), (sample != null) ? sample.depth() : null,
				sample != null && sample.exact(), support.level().label(), support.how(), messages.size(),
				views.causes(causes), shown);
	}

	private @Nullable QueueSample sample(Broker broker, Address queue) {
		return this.operations.sample(broker.name(), queue.name());
	}

	private static void check(int limit) {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("'limit' is " + limit + ", but 1 to " + MAX_LIMIT + " is allowed");
		}
	}

}
