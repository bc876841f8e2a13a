package org.activemessaging.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.Message;

/**
 * A processor that notes its calls and does what a test tells it to.
 */
@Processor
class Recorder {

	/**
	 * The id of the processor.
	 */
	static final String ID = "recorder";

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final List<String> completed = new CopyOnWriteArrayList<>();

	private final Step step;

	Recorder() {
		this((message) -> {
		});
	}

	Recorder(Step step) {
		this.step = step;
	}

	@SubscribesTo(value = "${contract.destination}", id = ID)
	void onMessage(Message<?> message) throws Throwable {
		String payload = String.valueOf(message.getPayload());
		this.calls.add(new Call(message, payload, System.nanoTime()));
		this.step.run(message);
		this.completed.add(payload);
	}

	/**
	 * All tries, in their order.
	 */
	List<Call> calls() {
		return List.copyOf(this.calls);
	}

	List<String> payloads() {
		return this.calls.stream().map(Call::payload).toList();
	}

	/**
	 * The payloads whose processing has ended well.
	 */
	List<String> completed() {
		return new ArrayList<>(this.completed);
	}

	TreeSet<String> distinct() {
		return new TreeSet<>(this.completed);
	}

	/**
	 * What to do with a message.
	 */
	@FunctionalInterface
	interface Step {

		void run(Message<?> message) throws Throwable;

	}

	/**
	 * A try to process a message.
	 *
	 * @param message the message
	 * @param payload its payload as a text
	 * @param at when it was, by {@link System#nanoTime()}
	 */
	record Call(Message<?> message, String payload, long at) {

		String id() {
			return String.valueOf(this.message.getHeaders().get(MessagingHeaders.ID));
		}

		String group() {
			return String.valueOf(this.message.getHeaders().get(MessagingHeaders.GROUP));
		}

	}

}
