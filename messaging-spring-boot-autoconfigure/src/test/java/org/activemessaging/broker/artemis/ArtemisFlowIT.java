package org.activemessaging.broker.artemis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.broker.OrderRecorder;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.MessagingOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Applications on Artemis.
 */
class ArtemisFlowIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static ArtemisUnderTest broker;

	private final String queue = "Orders-" + UUID.randomUUID();

	private final ArtemisClient client = new ArtemisClient(broker);

	@BeforeAll
	static void start() {
		broker = new ArtemisUnderTest(directory, "scan-millis=50");
		broker.start();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void publishedMessageIsProcessedOnce() {
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		application(recorder).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.to("orders").header("city", "Köln").publish("Grüße, 世界");
			publisher.publish("orders", "x".repeat(1 << 20));
			Flow.eventually().until(() -> recorder.completed().size() == 2);
			assertThat(recorder.completed()).containsExactly("Grüße, 世界", "x".repeat(1 << 20));
			assertThat(recorder.calls().get(0).getHeaders()).containsEntry("city", "Köln");
			Flow.eventually().until(() -> this.client.depth(this.queue) == 0);
		});
	}

	@Test
	void failedMessageIsRedeliveredAndThenADeadLetterWithItsCause() throws JMSException {
		OrderRecorder recorder = new OrderRecorder((message) -> {
			throw new IllegalStateException("no: " + message.getPayload());
		});
		application(recorder)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=2")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "x".repeat(300_000));
				Flow.eventually().until(() -> this.client.depth("DLQ." + this.queue) == 1);
				assertThat(recorder.calls()).hasSize(6);
			});
		Message letter = this.client.session()
			.createConsumer(this.client.session().createQueue("DLQ." + this.queue))
			.receive(2000);
		assertThat(((TextMessage) letter).getText()).hasSize(300_000);
		assertThat(letter.getIntProperty("am_attempt")).isEqualTo(6);
		assertThat(letter.getStringProperty("am_exception_message")).startsWith("no: xxx");
		assertThat(this.client.depth(this.queue)).isZero();
	}

	@Test
	void groupsShareAVirtualTopicAndMissNothingWhileTheyAreAway() {
		Clicks first = new Clicks();
		Clicks second = new Clicks();
		ApplicationContextRunner clicks = application(null).withPropertyValues(
				"messaging.destination.clicks.virtual-topic=" + this.queue,
				"messaging.destination.clicks.groups=voyeur,billing");
		String voyeur = "Consumer.voyeur.VirtualTopic." + this.queue;
		String billing = "Consumer.billing.VirtualTopic." + this.queue;
		clicks.run((context) -> context.getBean(MessagePublisher.class).publish("clicks", "before"));
		clicks.withBean(Clicks.class, () -> first)
			.run((context) -> clicks.withBean(Clicks.class, () -> second).run((other) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 40; i++) {
					publisher.publish("clicks", String.valueOf(i));
				}
				Flow.eventually().until(() -> first.seen.size() + second.seen.size() == 41);
			}));
		List<String> seen = new ArrayList<>(first.seen);
		seen.addAll(second.seen);
		assertThat(seen).doesNotHaveDuplicates().contains("before", "0", "39");
		// Nobody is connected any more, and the broker looks for unused queues.
		clicks.withPropertyValues("messaging.group=audit")
			.run((context) -> context.getBean(MessagePublisher.class).publish("clicks", "after"));
		assertThat(this.client.depth(voyeur)).isOne();
		assertThat(this.client.depth(billing)).isEqualTo(42);
	}

	@Test
	void delayedMessageOfAGroupComesBackToItAlone() {
		Map<String, Integer> tries = new ConcurrentHashMap<>();
		Clicks clicks = new Clicks();
		clicks.step = (text) -> {
			if (tries.merge(text, 1, Integer::sum) < 3) {
				throw new IllegalStateException("not yet");
			}
		};
		application(null)
			.withPropertyValues("messaging.destination.clicks.virtual-topic=" + this.queue,
					"messaging.destination.clicks.groups=voyeur,billing", "messaging.listener.redelivery.immediate=0")
			.withBean(Clicks.class, () -> clicks)
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("clicks", "a");
				publisher.publish("clicks", "b");
				Flow.eventually().until(() -> clicks.seen.size() == 2);
				assertThat(tries).containsExactlyInAnyOrderEntriesOf(Map.of("a", 3, "b", 3));
				assertThat(this.client.depth("Consumer.billing.VirtualTopic." + this.queue)).isEqualTo(2);
				Flow.eventually().until(() -> this.client.depth("Consumer.voyeur.VirtualTopic." + this.queue) == 0);
			});
	}

	@Test
	void messageGroupsKeepTheirOrder() {
		Map<String, List<String>> perGroup = new ConcurrentHashMap<>();
		OrderRecorder recorder = new OrderRecorder((message) -> {
			String[] parts = String.valueOf(message.getPayload()).split(":");
			perGroup.computeIfAbsent(parts[0], (group) -> new CopyOnWriteArrayList<>()).add(parts[1]);
		});
		application(recorder).withPropertyValues("messaging.listener.concurrency=3").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 60; i++) {
				publisher.to("orders").header("JMSXGroupID", "g" + i % 4).publish("g" + i % 4 + ":" + i / 4);
			}
			Flow.eventually().until(() -> recorder.completed().size() == 60);
			assertThat(perGroup).hasSize(4);
			assertThat(perGroup.values()).allSatisfy((numbers) -> assertThat(numbers)
				.containsExactlyElementsOf(IntStream.range(0, 15).mapToObj(String::valueOf).toList()));
		});
	}

	@Test
	void lackOfAPermissionIsARefusal() {
		ArtemisApplication.of(broker, broker.propertiesWithoutPermission(this.queue), this.queue)
			.run((context) -> assertThatExceptionOfType(PublishRefusedException.class)
				.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "x"))
				.withMessageContaining("permission"));
	}

	@Test
	void numbersAreThoseOfTheBroker() throws JMSException {
		this.client.sendNumbers(this.queue, 5);
		application(null).run((context) -> {
			MessagingOperations operations = context.getBean(MessagingOperations.class);
			Flow.eventually()
				.untilAsserted(() -> assertThat(operations.destinations().get("orders").queues()).singleElement()
					.satisfies((view) -> {
						assertThat(view.depth()).isEqualTo(5);
						assertThat(view.exact()).isTrue();
						assertThat(view.oldestAge()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
					}));
		});
	}

	private ApplicationContextRunner application(OrderRecorder recorder) {
		ApplicationContextRunner application = ArtemisApplication.of(broker, this.queue);
		return (recorder != null) ? application.withBean(OrderRecorder.class, () -> recorder) : application;
	}

	/**
	 * A processor of virtual topic {@code clicks}.
	 */
	@Processor
	static class Clicks {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private Step step = (text) -> {
		};

		@SubscribesTo(value = "clicks", id = "clicks")
		void onClick(String text) {
			this.step.run(text);
			this.seen.add(text);
		}

		/**
		 * What a test wants to happen.
		 */
		@FunctionalInterface
		interface Step {

			void run(String text);

		}

	}

}
