package org.activemessaging.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.jms.JMSException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.processor.ProcessorDefinition;

import org.springframework.jms.support.SimpleJmsHeaderMapper;
import org.springframework.jms.support.converter.SimpleMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * What has happened since the test began. A message counts once, however often it came:
 * what has the same {@code am_id} is one.
 */
final class Journal implements DeliveryListener {

	private final SimpleJmsHeaderMapper headerMapper = new SimpleJmsHeaderMapper();

	private final SimpleMessageConverter messageConverter = new SimpleMessageConverter();

	private final Map<String, Map<Object, Message<?>>> published = new HashMap<>();

	private final Map<String, Set<Object>> processed = new HashMap<>();

	private final Map<Place, Integer> moved = new HashMap<>();

	private final List<DeadLetter> deadLetters = new ArrayList<>();

	private final Map<Throwable, String> failures = Collections.synchronizedMap(new IdentityHashMap<>());

	private final Set<Class<? extends Throwable>> expected = new LinkedHashSet<>();

	synchronized void reset() {
		this.published.clear();
		this.processed.clear();
		this.moved.clear();
		this.deadLetters.clear();
		this.failures.clear();
		this.expected.clear();
	}

	/**
	 * Notes what was sent to a broker, when it is certain.
	 */
	synchronized void sent(Broker broker, List<NamedDestination> destinations, Address address,
			jakarta.jms.Message message, boolean moved) {
		if (moved) {
			this.moved.merge(new Place(broker.name(), address), 1, Integer::sum);
			return;
		}
		Message<?> copy = read(message);
		destinations.stream()
			.filter((destination) -> destination.broker() == broker && destination.publishAddress().equals(address))
			.forEach((destination) -> published(destination.name(), copy));
	}

	private Message<?> read(jakarta.jms.Message message) {
		try {
			return new GenericMessage<>(this.messageConverter.fromMessage(message),
					this.headerMapper.toHeaders(message));
		}
		catch (JMSException ex) {
			throw new IllegalStateException("A message that was sent cannot be read", ex);
		}
	}

	synchronized void published(String destination, Message<?> message) {
		this.published.computeIfAbsent(destination, (name) -> new LinkedHashMap<>())
			.putIfAbsent(identity(message), message);
	}

	synchronized void processed(String processor, Message<?> message) {
		this.processed.computeIfAbsent(processor, (id) -> new LinkedHashSet<>()).add(identity(message));
	}

	// Other senders give their messages no id of ours.
	private static Object identity(Message<?> message) {
		Object id = message.getHeaders().get(MessagingHeaders.ID);
		return (id != null) ? id : new Object();
	}

	@Override
	public void failed(ProcessorDefinition processor, long nanos, Throwable failure) {
		if (!isCausedBy(failure, InjectedFailureException.class)) {
			this.failures.putIfAbsent(failure, "Processor '" + processor.id() + "' failed");
		}
	}

	@Override
	public synchronized void deadLettered(ProcessorDefinition processor, DeadLetter letter) {
		this.deadLetters.add(letter);
		this.failures.put(letter.failure(), "Processor '" + processor.id() + "' failed " + letter.attempt()
				+ " times, and its message was given up");
	}

	synchronized List<Message<?>> published(String destination) {
		return List.copyOf(this.published.getOrDefault(destination, Map.of()).values());
	}

	synchronized int processed(String processor) {
		return this.processed.getOrDefault(processor, Set.of()).size();
	}

	synchronized List<DeadLetter> deadLetters() {
		return List.copyOf(this.deadLetters);
	}

	/**
	 * Tells whether all that was moved to a dead-letter queue has been told of as well.
	 */
	synchronized boolean knowsAllOf(Place deadLetterQueue) {
		long known = this.deadLetters.stream()
			.filter((letter) -> letter.destination().broker().name().equals(deadLetterQueue.broker())
					&& letter.address().equals(deadLetterQueue.address()))
			.count();
		return known >= this.moved.getOrDefault(deadLetterQueue, 0);
	}

	synchronized void expect(Class<? extends Throwable> type) {
		this.expected.add(type);
	}

	/**
	 * Fails if something has failed that the test does not expect; once for each failure.
	 */
	synchronized void verify() {
		AssertionError error = null;
		for (Map.Entry<Throwable, String> failure : this.failures.entrySet()) {
			if (this.expected.stream().noneMatch((type) -> isCausedBy(failure.getKey(), type))) {
				if (error == null) {
					error = new AssertionError(
							failure.getValue() + ": " + failure.getKey()
									+ ". If that is what the test wants, say so before by expectFailure(...)",
							failure.getKey());
				}
				else {
					error.addSuppressed(failure.getKey());
				}
			}
		}
		this.failures.clear();
		if (error != null) {
			throw error;
		}
	}

	static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		Throwable cause = failure;
		while (cause != null) {
			if (type.isInstance(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	/**
	 * A queue or a topic.
	 *
	 * @param broker the name of its broker
	 * @param address its address
	 */
	record Place(String broker, Address address) {
	}

}
