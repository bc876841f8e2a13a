package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.jms.Message;
import org.activemessaging.OrderedBy;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.listener.Concurrency;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Messages without a message group keep the order of a key.
 */
class OrderedByTests {

	private static final List<String> CUSTOMERS = List.of("a", "b", "c", "d");

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { ByPayload.class, ByHeader.class })
	void messagesOfOneKeyAreProcessedInOrderAndOthersAtOnce(Class<? extends Ordered> type) {
		send(25);
		application().withBean("ordered", type).run((context) -> {
			Ordered ordered = context.getBean(Ordered.class);
			Flow.eventually().until(() -> ordered.done.size() == 100);
			assertThat(ordered.mostRunning).hasValueGreaterThan(1);
			assertThat(ordered.overlaps).hasValue(0);
			for (String customer : CUSTOMERS) {
				assertThat(ordered.done.stream().filter((order) -> order.customer().equals(customer)))
					.extracting(Order::number)
					.containsExactlyElementsOf(IntStream.range(0, 25).boxed().toList());
			}
		});
	}

	@Test
	void failureIsTriedAgainInItsPlace() {
		send(6);
		application().withBean("ordered", Failing.class).run((context) -> {
			Failing failing = context.getBean(Failing.class);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			for (String customer : CUSTOMERS) {
				assertThat(failing.done.stream().filter((order) -> order.customer().equals(customer)).distinct())
					.extracting(Order::number)
					.containsExactlyElementsOf(IntStream.range(0, 6).boxed().toList());
			}
			// Neither in a delay queue nor given up: five tries are more than those at
			// once.
			assertThat(failing.tries).hasValue(5);
			assertThat(failing.overtaken).isFalse();
			assertThat(this.broker.deadLetters()).isEmpty();
			assertThat(this.broker.arrivals("DELAY.voyeur.1s")).isEmpty();
		});
	}

	@Test
	void messageWithoutItsKeyIsProcessedAllTheSame() {
		this.client.sendText(Flow.QUEUE, "no JSON", "{\"customer\":\"a\",\"number\":0}");
		application().withBean("ordered", ByPayload.class).run((context) -> {
			Ordered ordered = context.getBean(Ordered.class);
			Flow.eventually().until(() -> ordered.done.size() == 1);
			Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
		});
	}

	@Test
	void moreThanOneConsumerIsRefused() {
		application().withBean("ordered", ByHeader.class)
			.withPropertyValues("messaging.processor.ordered.concurrency=1-4")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("messaging.processor.ordered.concurrency")
				.hasStackTraceContaining("@OrderedBy of ByHeader.onOrder"));
		application().withBean("ordered", ByHeader.class)
			.withPropertyValues("messaging.listener.concurrency=4")
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> new ProcessorControl(context.getBean(ProcessorContainers.class))
					.setConcurrency("ordered", new Concurrency(1, 2)))
				.withMessageContaining("@OrderedBy"));
	}

	@ParameterizedTest
	@ValueSource(classes = { NoExpression.class, OfAWindow.class, OfNothing.class })
	void whatCannotBeOrderedStopsTheStart(Class<?> type) {
		application().withBean("ordered", type)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("@OrderedBy of " + type.getSimpleName() + ".onOrder"));
	}

	private void send(int messages) {
		for (int i = 0; i < messages; i++) {
			for (String customer : CUSTOMERS) {
				String text = "{\"customer\":\"" + customer + "\",\"number\":" + i + "}";
				this.client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage(text);
					message.setStringProperty("customer", customer);
					return message;
				});
			}
		}
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url()).withPropertyValues("messaging.processor.ordered.lanes=4");
	}

	record Order(String customer, int number) {
	}

	/**
	 * Notes what it has processed, and whether two of one customer met.
	 */
	static class Ordered {

		final List<Order> done = new CopyOnWriteArrayList<>();

		final AtomicInteger overlaps = new AtomicInteger();

		final AtomicInteger mostRunning = new AtomicInteger();

		private final AtomicInteger running = new AtomicInteger();

		private final Map<String, AtomicInteger> ofCustomer = new ConcurrentHashMap<>();

		void process(Order order) {
			AtomicInteger own = this.ofCustomer.computeIfAbsent(order.customer(), (customer) -> new AtomicInteger());
			if (own.incrementAndGet() > 1) {
				this.overlaps.incrementAndGet();
			}
			this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
			Flow.work(Duration.ofMillis(5));
			this.running.decrementAndGet();
			own.decrementAndGet();
			this.done.add(order);
		}

	}

	@Processor
	static class ByPayload extends Ordered {

		@SubscribesTo(value = "orders", id = "ordered")
		@OrderedBy("payload.customer")
		void onOrder(Order order) {
			process(order);
		}

	}

	@Processor
	static class ByHeader extends Ordered {

		@SubscribesTo(value = "orders", id = "ordered")
		@OrderedBy("headers['customer']")
		void onOrder(Order order, @Header("customer") String customer) {
			process(order);
		}

	}

	@Processor
	@SubscribesTo(value = "orders", id = "ordered")
	@OrderedBy("payload.customer()")
	static class Failing extends Ordered {

		private final AtomicInteger tries = new AtomicInteger();

		private volatile boolean overtaken;

		void onMessage(Order order) {
			if (order.equals(new Order("b", 2)) && this.tries.incrementAndGet() < 5) {
				throw new IllegalStateException("not yet");
			}
			if (order.equals(new Order("b", 3)) && this.tries.get() < 5) {
				this.overtaken = true;
			}
			process(order);
		}

	}

	@Processor
	static class NoExpression {

		@SubscribesTo(value = "orders", id = "ordered")
		@OrderedBy("payload..customer")
		void onOrder(Order order) {
		}

	}

	@Processor
	static class OfAWindow {

		@SubscribesTo(value = "orders", id = "ordered")
		@OrderedBy("payload.customer")
		void onOrder(List<Order> orders) {
		}

	}

	@Processor
	static class OfNothing {

		@SubscribesTo(value = "orders", id = "ordered")
		void onMessage(Order order) {
		}

		@OrderedBy("payload.customer")
		void onOrder(Order order) {
		}

	}

}
