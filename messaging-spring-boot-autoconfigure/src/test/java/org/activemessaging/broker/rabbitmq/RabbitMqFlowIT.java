package org.activemessaging.broker.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.OrderRecorder;
import org.activemessaging.contract.RabbitMqUnderTest;
import org.activemessaging.flow.Flow;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.QueueView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Applications on a node of RabbitMQ of their own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RabbitMqFlowIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static RabbitMqUnderTest broker;

	private static Connection connection;

	private Channel channel;

	private String queue;

	@BeforeAll
	static void start() throws Exception {
		broker = new RabbitMqUnderTest(directory);
		broker.start();
		connection = broker.amqp().newConnection("test");
	}

	@AfterAll
	static void stop() {
		if (broker != null) {
			broker.close();
		}
	}

	@BeforeEach
	void name(TestInfo test) throws Exception {
		this.queue = test.getTestMethod().orElseThrow().getName();
		this.channel = channel();
	}

	@Test
	void groupsOfAVirtualTopicEachGetEverythingAndShareIt() throws Exception {
		OrderRecorder first = OrderRecorder.thatSucceeds();
		OrderRecorder second = OrderRecorder.thatSucceeds();
		OrderRecorder other = OrderRecorder.thatSucceeds();
		virtual(first)
			.run((one) -> virtual(second).run((two) -> virtual(other).withPropertyValues("messaging.group=billing")
				.run((three) -> virtual(null).run((publisher) -> {
					for (int i = 0; i < 40; i++) {
						publisher.getBean(MessagePublisher.class).publish("orders", String.valueOf(i));
					}
					Flow.eventually().until(() -> first.completed().size() + second.completed().size() == 40);
					Flow.eventually().until(() -> other.completed().size() == 40);
					assertThat(first.completed()).isNotEmpty();
					assertThat(second.completed()).isNotEmpty();
				}))));
		String offline = "Consumer.offline.VirtualTopic." + this.queue;
		assertThat(this.channel.messageCount(offline)).isEqualTo(40);
		OrderRecorder late = OrderRecorder.thatSucceeds();
		virtual(late).withPropertyValues("messaging.group=offline")
			.run((context) -> Flow.eventually().until(() -> late.completed().size() == 40));
	}

	private ApplicationContextRunner virtual(OrderRecorder recorder) {
		ApplicationContextRunner runner = bare().withPropertyValues(
				"messaging.destination.orders.virtual-topic=" + this.queue,
				"messaging.destination.orders.groups=voyeur,billing,offline", "messaging.listener.window=1");
		return (recorder != null) ? runner.withBean("recorder", OrderRecorder.class, () -> recorder) : runner;
	}

	@Test
	void virtualTopicWithoutGroupsTakesMessagesAndAnExchangeThatVanishedIsMadeAgain() throws Exception {
		bare().withPropertyValues("messaging.destination.orders.virtual-topic=" + this.queue).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "nobody listens");
			this.channel.exchangeDelete("VirtualTopic");
			publisher.publish("orders", "and nobody routes");
			this.channel.exchangeDeclarePassive("VirtualTopic");
		});
	}

	@Test
	void topicReachesThoseWhoListen() {
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		bare().withPropertyValues("messaging.destination.orders.topic=News.Today")
			.withBean("recorder", OrderRecorder.class, () -> recorder)
			.run((context) -> Flow.eventually().until(() -> {
				context.getBean(MessagePublisher.class).publish("orders", "x");
				return !recorder.completed().isEmpty();
			}));
	}

	@Test
	void queueThatVanishedIsAnErrorAndThenMadeAgain() throws Exception {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "a");
			this.channel.queueDelete(this.queue);
			assertThatExceptionOfType(PublishRefusedException.class).isThrownBy(() -> publisher.publish("orders", "b"))
				.withMessageContaining("There is no queue " + this.queue);
			publisher.publish("orders", "c");
			assertThat(text(poll(this.queue))).isEqualTo("c");
		});
	}

	@Test
	void failuresAreTriedAtOnceAndLaterAndEndInTheDeadLetters() throws Exception {
		OrderRecorder recorder = new OrderRecorder((message) -> {
			throw new IllegalStateException("no " + message.getPayload());
		});
		application(recorder)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=2")
			.run((context) -> {
				context.getBean(MessagePublisher.class).to("orders").header("k", 7L).publish("poison");
				GetResponse letter = poll("DLQ." + this.queue);
				assertThat(text(letter)).isEqualTo("poison");
				// Twice at once, and twice as often later.
				assertThat(recorder.calls()).hasSize(6);
				Map<String, Object> headers = letter.getProps().getHeaders();
				assertThat(headers.get("am_exception_message")).hasToString("no poison");
				assertThat(headers).containsEntry("k", 7L);
				assertThat(recorder.calls().stream().map((call) -> call.getHeaders().get("am_id")).distinct())
					.hasSize(1);
			});
	}

	@Test
	void delayedMessageWaitsItsTime() {
		List<Long> times = new ArrayList<>();
		OrderRecorder recorder = new OrderRecorder((message) -> {
			times.add(System.nanoTime());
			if (times.size() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		application(recorder)
			.withPropertyValues("messaging.listener.redelivery.immediate=0",
					"messaging.listener.redelivery.delay=700ms")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "x");
				Flow.eventually().until(() -> recorder.completed().size() == 1);
				assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(1) - times.get(0))).isBetween(690L, 5000L);
			});
	}

	@Test
	void messageThatCannotBeConvertedGoesToTheDeadLettersUnchanged() throws Exception {
		this.channel.queueDeclare(this.queue, true, false, false, Map.of("x-queue-type", "quorum"));
		byte[] body = { 1, 2, (byte) 0xff };
		this.channel.basicPublish("", this.queue,
				new BasicProperties.Builder().contentType("application/json")
					.contentEncoding("zip")
					.headers(Map.of("x-list", List.of("a", "b"), "9lives", "cat"))
					.build(),
				body);
		bare().withPropertyValues("messaging.destination.orders.queue=" + this.queue)
			.withBean(Strict.class)
			.run((context) -> {
				GetResponse letter = poll("DLQ." + this.queue);
				assertThat(letter.getBody()).isEqualTo(body);
				assertThat(letter.getProps().getContentType()).isEqualTo("application/json");
				assertThat(letter.getProps().getContentEncoding()).isEqualTo("zip");
				assertThat(letter.getProps().getHeaders().get("9lives")).hasToString("cat");
				assertThat(letter.getProps().getHeaders().get("x-list")).hasToString("[a, b]");
				assertThat(letter.getProps().getHeaders().get("am_failure_kind")).hasToString("unconvertible");
			});
	}

	@Test
	void plainClientsOfAmqpPublishAndConsume() throws Exception {
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		application(recorder).run((context) -> {
			context.getBean(MessagePublisher.class);
			Flow.eventually().ignoreExceptions().until(() -> {
				try (Channel look = channel()) {
					look.queueDeclarePassive(this.queue);
					return true;
				}
			});
			publish(new BasicProperties.Builder().contentType("application/json")
				.correlationId("c-1")
				.type("order")
				.messageId("m-1")
				.headers(Map.of("name", "Zoë", "count", 3, "big", 4L, "ok", true))
				.build(), "{\"a\":1}");
			publish(MessageProperties.PERSISTENT_TEXT_PLAIN, "grüße");
			Flow.eventually().until(() -> recorder.completed().size() == 2);
		});
		Message<?> json = recorder.calls().get(0);
		assertThat(json.getPayload()).isEqualTo("{\"a\":1}");
		assertThat(json.getHeaders()).containsEntry("name", "Zoë")
			.containsEntry("count", 3)
			.containsEntry("big", 4L)
			.containsEntry("ok", true)
			.containsEntry("content_type", "application/json")
			.containsEntry("jms_correlationId", "c-1")
			.containsEntry("jms_type", "order")
			.containsEntry("jms_messageId", "m-1");
		assertThat(recorder.calls().get(1).getPayload()).isEqualTo("grüße");
		application().run((context) -> {
			context.getBean(MessagePublisher.class)
				.to("orders")
				.contentType("application/json")
				.header("n", 5)
				.header("correlation-id", "c-2")
				.publish(Map.of("b", 2));
			GetResponse sent = poll(this.queue);
			assertThat(text(sent)).isEqualTo("{\"b\":2}");
			assertThat(sent.getProps().getContentType()).isEqualTo("application/json");
			assertThat(sent.getProps().getCorrelationId()).isEqualTo("c-2");
			assertThat(sent.getProps().getDeliveryMode()).isEqualTo(2);
			assertThat(sent.getProps().getHeaders()).containsEntry("n", 5).containsKey("am_id");
		});
	}

	@Test
	void slowConsumerHoldsNothingThatAnotherCouldDo() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		OrderRecorder slow = new OrderRecorder((message) -> release.await(20, TimeUnit.SECONDS));
		OrderRecorder quick = OrderRecorder.thatSucceeds();
		application(slow).withPropertyValues("messaging.listener.window=1").run((context) -> {
			fill(20);
			Flow.eventually().until(() -> slow.calls().size() == 1);
			application(quick).run((second) -> Flow.eventually().until(() -> quick.completed().size() >= 18));
			release.countDown();
		});
	}

	@Test
	void deliveriesAreCountedOverConsumers() throws Exception {
		fill(1);
		for (int i = 0; i < 2; i++) {
			try (Connection dying = broker.amqp().newConnection()) {
				assertThat(dying.createChannel().basicGet(this.queue, false)).isNotNull();
			}
		}
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		application(recorder).run((context) -> Flow.eventually().until(() -> recorder.completed().size() == 1));
		assertThat(recorder.calls().get(0).getHeaders()).containsEntry("JMSXDeliveryCount", 3)
			.containsEntry("jms_redelivered", true);
	}

	@Test
	void depthAndPurge() throws Exception {
		fill(12);
		application().run((context) -> {
			Flow.eventually().until(() -> Long.valueOf(12).equals(queue(context).depth()));
			RabbitMqAdapter adapter = new RabbitMqAdapter();
			try (jakarta.jms.Connection jms = context
				.getBean("defaultConnectionFactory", jakarta.jms.ConnectionFactory.class)
				.createConnection()) {
				jms.start();
				assertThat(
						adapter.purge(jms, org.activemessaging.broker.Address.queue(this.queue), Duration.ofSeconds(5)))
					.isEqualTo(12);
				assertThat(
						adapter.purge(jms, org.activemessaging.broker.Address.queue("Nowhere"), Duration.ofSeconds(5)))
					.isZero();
			}
			Flow.eventually().until(() -> Long.valueOf(0).equals(queue(context).depth()));
		});
	}

	@Test
	void wrongCredentialsAreSaid() {
		application().withPropertyValues("messaging.broker.default.password=xyzzy-rabbit-wrong").run((context) -> {
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "x"))
				.withMessageContaining("authentication or permission refused");
		});
	}

	@Test
	void missingRightOnOneQueueLeavesTheOthersAlone() throws Exception {
		Map<String, String> guarded = broker.propertiesWithoutPermission("Forbidden");
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		application(recorder)
			.withPropertyValues("messaging.broker.default.user=" + guarded.get("user"),
					"messaging.broker.default.password=" + guarded.get("password"),
					"messaging.destination.forbidden.queue=Forbidden")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				assertThatExceptionOfType(PublishRefusedException.class)
					.isThrownBy(() -> publisher.publish("forbidden", "x"))
					.withMessageContaining("ACCESS_REFUSED");
				publisher.publish("orders", "y");
				Flow.eventually().until(() -> recorder.completed().size() == 1);
			});
	}

	@Test
	void whoMayNotDeclareUsesWhatIsThere() throws Exception {
		this.channel.queueDeclare(this.queue, true, false, false, null);
		broker.permit("guarded", "^$", ".*", ".*");
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		application(recorder)
			.withPropertyValues("messaging.broker.default.user=guarded",
					"messaging.broker.default.password=xyzzy-rabbit-guarded", "messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "x");
				Flow.eventually().until(() -> recorder.completed().size() == 1);
			});
	}

	@Test
	void queueThatIsNotDurableIsRefused() throws Exception {
		this.channel.queueDeclare(this.queue, false, false, false, null);
		application().run((context) -> assertThatExceptionOfType(PublishRefusedException.class)
			.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "x"))
			.withMessageContaining("not durable"));
	}

	@Test
	void connectionsThatAreCutLoseNothing() throws Exception {
		int messages = 600;
		fill(messages);
		OrderRecorder recorder = new OrderRecorder((message) -> Flow.work(Duration.ofMillis(2)));
		application(recorder).withPropertyValues("messaging.listener.concurrency=2").run((context) -> {
			for (int cut = 1; cut <= 5; cut++) {
				int threshold = cut * messages / 8;
				Flow.eventually().until(() -> recorder.completed().size() > threshold);
				broker.control(
						"[rabbit_networking:close_connection(P, \"cut\") || P <- rabbit_networking:connections()].");
			}
			Flow.eventually().until(() -> new TreeSet<>(recorder.completed()).size() == messages);
			assertThat(recorder.completed()).hasSizeLessThan(messages + 5 * 2 * 100);
		});
	}

	@Test
	@Tag("long")
	void lanesKeepTheOrderOfMessageGroupsOverAKillOfTheNode() throws Exception {
		int messages = 60;
		Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger atOnce = new AtomicInteger();
		AtomicInteger mostAtOnce = new AtomicInteger();
		OrderRecorder recorder = new OrderRecorder((message) -> {
			AtomicInteger count = running.computeIfAbsent(group(message), (group) -> new AtomicInteger());
			overlaps.addAndGet((count.incrementAndGet() > 1) ? 1 : 0);
			mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
			Flow.work(Duration.ofMillis(5));
			atOnce.decrementAndGet();
			count.decrementAndGet();
		});
		application(recorder)
			.withPropertyValues("messaging.listener.lanes=4", "messaging.processor.recorder.auto-startup=false",
					"messaging.broker.default.properties.queue-type=classic")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < messages; i++) {
					for (String group : List.of("a", "b", "c", "d")) {
						publisher.to("orders").group(group).publish(group + i);
					}
				}
				context.getBean(ProcessorContainers.class).start("recorder");
				Flow.eventually().until(() -> recorder.completed().size() > messages);
				broker.kill();
				broker.start();
				Flow.eventually()
					.atMost(Duration.ofSeconds(30))
					.until(() -> new TreeSet<>(recorder.completed()).size() == 4 * messages);
				assertThat(mostAtOnce).hasValueGreaterThan(1);
				assertThat(overlaps).hasValue(0);
				for (String group : List.of("a", "b", "c", "d")) {
					assertThat(recorder.calls()
						.stream()
						.map((call) -> String.valueOf(call.getPayload()))
						.filter((payload) -> payload.startsWith(group))
						.distinct())
						.containsExactlyElementsOf(IntStream.range(0, messages).mapToObj((i) -> group + i).toList());
				}
			});
	}

	private static String group(Message<?> message) {
		return message.getPayload().toString().substring(0, 1);
	}

	// A queue that is new may have no leader yet: then the broker refuses what is
	// published, says so only to who asks for confirms, and ends the connection of who
	// gets.
	private void publish(BasicProperties properties, String text) throws Exception {
		this.channel.confirmSelect();
		Flow.eventually().until(() -> {
			this.channel.basicPublish("", this.queue, properties, text.getBytes(StandardCharsets.UTF_8));
			return this.channel.waitForConfirms(10_000);
		});
	}

	private void fill(int messages) throws Exception {
		this.channel.queueDeclare(this.queue, true, false, false, Map.of("x-queue-type", "quorum"));
		this.channel.confirmSelect();
		Flow.eventually().until(() -> {
			for (int i = 0; i < messages; i++) {
				this.channel.basicPublish("", this.queue, MessageProperties.PERSISTENT_TEXT_PLAIN,
						String.valueOf(i).getBytes(StandardCharsets.UTF_8));
			}
			boolean taken = this.channel.waitForConfirms(10_000);
			if (!taken) {
				this.channel.queuePurge(this.queue);
			}
			return taken;
		});
	}

	private static Channel channel() throws Exception {
		if (!connection.isOpen()) {
			connection = broker.amqp().newConnection("test");
		}
		return connection.createChannel();
	}

	private GetResponse poll(String name) {
		return Flow.eventually().ignoreExceptions().until(() -> {
			try (Channel look = channel()) {
				look.queueDeclarePassive(name);
				return look.basicGet(name, true);
			}
		}, (response) -> response != null);
	}

	private static String text(GetResponse response) {
		assertThat(response).isNotNull();
		return new String(response.getBody(), StandardCharsets.UTF_8);
	}

	private static QueueView queue(ApplicationContext context) {
		return context.getBean(MessagingOperations.class).destinations().get("orders").queues().get(0);
	}

	private ApplicationContextRunner application() {
		return bare().withPropertyValues("messaging.destination.orders.queue=" + this.queue);
	}

	private ApplicationContextRunner application(OrderRecorder recorder) {
		return application().withBean("recorder", OrderRecorder.class, () -> recorder);
	}

	private static ApplicationContextRunner bare() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.default.url=" + broker.url(),
					"messaging.broker.default.reconnect.initial-delay=100ms",
					"messaging.broker.default.reconnect.max-delay=500ms", "messaging.listener.redelivery.delay=200ms",
					"messaging.listener.brake.failures=1000000", "messaging.listener.redelivery.multiplier=1",
					"messaging.listener.redelivery.jitter=0", "messaging.operations.sample-interval=200ms");
		for (Map.Entry<String, String> property : broker.properties().entrySet()) {
			runner = runner
				.withPropertyValues("messaging.broker.default." + property.getKey() + "=" + property.getValue());
		}
		return runner;
	}

	/**
	 * A processor that wants an object.
	 */
	@org.activemessaging.Processor
	static class Strict {

		@org.activemessaging.SubscribesTo("orders")
		void onMessage(Order order) {
		}

		/**
		 * What a message has to contain.
		 *
		 * @param id a number
		 */
		record Order(int id) {
		}

	}

}
