package org.activemessaging.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.flow.PlainClient;

/**
 * What brokers hold at the end.
 *
 * @param waiting the messages in their queue and in the delay queues
 * @param deadLetters the messages in our dead-letter queue
 * @param kinds why they are there, by message
 * @param brokerDeadLetters the messages in the broker's own dead-letter queue
 */
record Remains(List<String> waiting, List<String> deadLetters, Map<String, String> kinds,
		List<String> brokerDeadLetters) {

	private static final List<Integer> DELAYS = List.of(1, 4, 16, 64, 256, 1024);

	/**
	 * Takes everything out of the queues of an application.
	 * @param client a client of the broker
	 * @param application the name of the application
	 * @param queues its queues
	 * @return what was there
	 */
	static Remains drain(PlainClient client, String application, String... queues) {
		List<String> waiting = new ArrayList<>();
		List<String> deadLetters = new ArrayList<>();
		Map<String, String> kinds = new LinkedHashMap<>();
		List<String> brokerDeadLetters = new ArrayList<>(texts(client.drain("ActiveMQ.DLQ")));
		for (String queue : queues) {
			waiting.addAll(texts(client.drain(queue)));
			for (Message letter : client.drain("DLQ." + queue)) {
				deadLetters.add(text(letter));
				kinds.put(text(letter), kind(letter));
			}
		}
		for (int delay : DELAYS) {
			waiting.addAll(texts(client.drain("DELAY." + application + "." + delay + "s")));
		}
		return new Remains(waiting, deadLetters, kinds, brokerDeadLetters);
	}

	Remains and(Remains other) {
		Map<String, String> kinds = new LinkedHashMap<>(this.kinds);
		kinds.putAll(other.kinds);
		return new Remains(concat(this.waiting, other.waiting), concat(this.deadLetters, other.deadLetters), kinds,
				concat(this.brokerDeadLetters, other.brokerDeadLetters));
	}

	private static List<String> concat(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static List<String> texts(List<Message> messages) {
		return messages.stream().map(Remains::text).toList();
	}

	private static String text(Message message) {
		try {
			return ((TextMessage) message).getText().split(" ")[0];
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String kind(Message message) {
		try {
			return String.valueOf(message.getStringProperty(MessagingHeaders.FAILURE_KIND));
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
