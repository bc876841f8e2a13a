package org.activemessaging.broker.rabbitmq;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.Message;

/**
 * A processor of destination {@code orders} that notes what it is given.
 */
@Processor
class RabbitMqWorker {

	private final List<Message<?>> calls = new CopyOnWriteArrayList<>();

	private final List<String> completed = new CopyOnWriteArrayList<>();

	private final Step step;

	RabbitMqWorker(Step step) {
		this.step = step;
	}

	static RabbitMqWorker thatSucceeds() {
		return new RabbitMqWorker((message) -> {
		});
	}

	@SubscribesTo(value = "orders", id = "worker")
	void onMessage(Message<?> message) throws Exception {
		this.calls.add(message);
		this.step.run(message);
		this.completed.add(String.valueOf(message.getPayload()));
	}

	List<Message<?>> calls() {
		return this.calls;
	}

	List<String> completed() {
		return this.completed;
	}

	/**
	 * What a test has it do.
	 */
	@FunctionalInterface
	interface Step {

		void run(Message<?> message) throws Exception;

	}

}
