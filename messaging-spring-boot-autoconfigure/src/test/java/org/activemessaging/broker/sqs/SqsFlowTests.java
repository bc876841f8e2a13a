package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications whose broker is SQS.
 */
class SqsFlowTests extends SqsTestBase {

	@ParameterizedTest
	@ValueSource(strings = { "", ".fifo" })
	void messagesArePublishedAndProcessed(String suffix) {
		String queue = newQueue() + suffix;
		Orders orders = new Orders();
		application("queue=" + queue, orders).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 30; i++) {
				publisher.publish("orders", "message " + i);
			}
			Flow.eventually().untilAsserted(() -> assertThat(orders.texts).as("%s", numbers(queue)).hasSize(30));
			assertThat(orders.texts).doesNotHaveDuplicates();
			Flow.eventually().untilAsserted(() -> assertThat(numbers(queue)).containsExactly(0, 0, 0));
			long before = System.nanoTime();
			context.getSourceApplicationContext().close();
			assertThat(Flow.since(before)).isLessThan(Duration.ofSeconds(2));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".fifo" })
	void messageThatFailsIsTriedLaterAndGivenUp(String suffix) {
		String queue = newQueue() + suffix;
		Orders orders = new Orders();
		orders.failing = true;
		application("queue=" + queue, orders)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=2",
					"messaging.listener.redelivery.delay=300ms")
			.run((context) -> {
				context.getBean(MessagePublisher.class).to("orders").header("kind", "bad").publish("no");
				Flow.eventually()
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(numbers("DLQ." + queue).get(0)).isOne());
				assertThat(orders.texts).hasSize(6);
				Message letter = plain()
					.receiveMessage(
							(request) -> request.queueUrl(queueUrl("DLQ." + queue)).messageAttributeNames("All"))
					.messages()
					.get(0);
				assertThat(letter.body()).isEqualTo("no");
				Map<String, Object> headers = SqsHeaders.read(letter.messageAttributes());
				assertThat(headers).containsEntry("kind", "bad")
					.containsEntry("am_attempt", 6)
					.containsEntry("am_orig_destination", "orders")
					.containsKeys("am_id", "am_exception_message");
				assertThat(letter.messageAttributes().size()).isLessThanOrEqualTo(10);
				Flow.eventually().untilAsserted(() -> assertThat(numbers(queue)).containsExactly(0, 0, 0));
			});
	}

	@Test
	void groupOfAVirtualTopicSharesAndGroupsGetEverything() {
		String topic = "Clicks" + newQueue();
		Orders first = new Orders();
		Orders second = new Orders();
		Orders other = new Orders();
		application("virtual-topic=" + topic, first).run((one) -> application("virtual-topic=" + topic, second)
			.run((two) -> application("virtual-topic=" + topic, other).withPropertyValues("messaging.group=billing")
				.run((three) -> {
					Flow.eventually()
						.until(() -> plain().listQueues((request) -> request.queueNamePrefix("VirtualTopic__" + topic))
							.queueUrls()
							.size() == 2);
					for (int i = 0; i < 50; i++) {
						one.getBean(MessagePublisher.class).publish("orders", String.valueOf(i));
					}
					Flow.eventually().until(() -> other.texts.size() == 50);
					Flow.eventually().until(() -> first.texts.size() + second.texts.size() == 50);
				})));
	}

	@Test
	void messageGroupsAreInOrderWithSeveralConsumers() {
		String queue = newQueue() + ".fifo";
		Orders orders = new Orders();
		application("queue=" + queue, orders).withPropertyValues("messaging.listener.concurrency=3").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 60; i++) {
				publisher.to("orders").group("g" + i % 4).publish(i % 4 + " " + String.format("%02d", i));
			}
			Flow.eventually().until(() -> orders.texts.size() == 60);
			for (int group = 0; group < 4; group++) {
				String prefix = group + " ";
				List<String> own = orders.texts.stream().filter((text) -> text.startsWith(prefix)).toList();
				assertThat(own).isSorted().hasSize(15);
			}
		});
	}

	@Test
	void applicationSurvivesTheServicesAbsence() {
		String queue = newQueue();
		Orders orders = new Orders();
		application("queue=" + queue, orders).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "before");
			Flow.eventually().until(() -> orders.texts.contains("before"));
			stopAndForget();
			startAgain();
			Flow.eventually().ignoreExceptions().until(() -> {
				publisher.publish("orders", "after");
				return true;
			});
			Flow.eventually().until(() -> orders.texts.contains("after"));
		});
	}

	private static ApplicationContextRunner application(String destination, Orders orders) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withBean("orders", Orders.class, () -> orders)
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.jobs.url=" + url(),
					"messaging.broker.jobs.adapter=sqs", "messaging.broker.jobs.user=access",
					"messaging.broker.jobs.password=xyzzy-secret",
					"messaging.broker.jobs.properties.visibility-timeout=5s",
					"messaging.broker.jobs.properties.wait-time=1s",
					"messaging.broker.jobs.properties.group-refresh=200ms",
					"messaging.broker.jobs.reconnect.initial-delay=100ms",
					"messaging.broker.jobs.reconnect.max-delay=500ms", "messaging.listener.brake.failures=1000000",
					"messaging.listener.redelivery.jitter=0", "messaging.listener.redelivery.multiplier=1",
					"messaging.operations.sample-interval=500ms", "messaging.destination.orders." + destination);
	}

	/**
	 * A processor that notes what it gets.
	 */
	@Processor
	static class Orders {

		final List<String> texts = new CopyOnWriteArrayList<>();

		volatile boolean failing;

		@SubscribesTo("orders")
		void onMessage(String text) {
			this.texts.add(text);
			if (this.failing) {
				throw new IllegalStateException("no");
			}
		}

	}

}
