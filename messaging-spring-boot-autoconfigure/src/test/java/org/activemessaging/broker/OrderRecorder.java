package org.activemessaging.broker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.Message;

/**
 * A processor of destination {@code orders} that notes its calls and does what a test
 * tells it to.
 */
@Processor
public class OrderRecorder {

	private final List<Message<?>> calls = new CopyOnWriteArrayList<>();

	private final List<String> completed = new CopyOnWriteArrayList<>();

	private final Step step;

	public OrderRecorder(Step step) {
		this.step = step;
	}

	public static OrderRecorder thatSucceeds() {
		return new OrderRecorder((message) -> {
		});
	}

	@SubscribesTo(value = "orders", id = "recorder")
	void onMessage(Message<?> message) throws Exception {
		this.calls.add(message);
		this.step.run(message);
		this.completed.add(String.valueOf(message.getPayload()));
	}

	public List<Message<?>> calls() {
		return this.calls;
	}

	public List<String> completed() {
		return this.completed;
	}

	/**
	 * What a test wants to happen.
	 */
	@FunctionalInterface
	public interface Step {

		void run(Message<?> message) throws Exception;

	}

}
