package org.activemessaging.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.StreamMessage;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that no client of this library would send are handled or given up, once; none
 * of them stops the queue or costs the connection.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusualMessageTests {

	private static final List<String> QUEUES = List.of("text", "order", "failing");

	private final List<String> handled = Collections.synchronizedList(new ArrayList<>());

	private TestBroker broker;

	private PlainClient client;

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.broker = TestBroker.start();
		this.client = this.broker.client();
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=voyeur",
				"--spring.main.banner-mode=off", "--messaging.broker.default.adapter=activemq",
				"--messaging.broker.default.url=" + this.broker.url(), "--messaging.listener.redelivery.immediate=0",
				"--messaging.listener.redelivery.delayed=0", "--messaging.listener.brake.failures=1000000"));
		QUEUES.forEach((queue) -> arguments.add("--messaging.destination." + queue + ".queue=" + queue));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(
					(context) -> context.getBeanFactory().registerSingleton("receiver", new Receiver(this.handled)))
			.run(arguments.toArray(String[]::new));
		Flow.eventually().until(this::allAreRunning);
		// The listeners', the client's, the mover's and the sampler's.
		Flow.eventually().until(() -> this.broker.currentConnections() == QUEUES.size() + 3);
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.client.close();
		this.broker.close();
	}

	static Stream<Unusual> messages() {
		Map<String, PlainClient.Factory> messages = new LinkedHashMap<>();
		messages.put("no body", (session) -> session.createTextMessage());
		messages.put("empty text", (session) -> session.createTextMessage(""));
		messages.put("empty bytes", (session) -> session.createBytesMessage());
		messages.put("plain message", (session) -> session.createMessage());
		messages.put("map", (session) -> {
			MapMessage message = session.createMapMessage();
			message.setString("a", "b");
			return message;
		});
		messages.put("empty map", (session) -> session.createMapMessage());
		messages.put("stream", (session) -> {
			StreamMessage message = session.createStreamMessage();
			message.writeString("a");
			return message;
		});
		messages.put("object", (session) -> session.createObjectMessage("text"));
		messages.put("bytes that are not UTF-8", (session) -> {
			BytesMessage message = session.createBytesMessage();
			message.writeBytes(new byte[] { (byte) 0xC3, 0x28, (byte) 0xFF, 0 });
			return message;
		});
		messages.put("body that is no encoded text", (session) -> {
			Message message = session.createTextMessage();
			((ActiveMQMessage) message).setContent(new ByteSequence(new byte[] { 127, 1, 2 }));
			return message;
		});
		messages.put("unknown charset", withHeader("content_type", "text/plain;charset=klingon"));
		messages.put("charset that is no name", withHeader("content_type", "text/plain;charset=\"\u0001\""));
		messages.put("content type that is a number", withHeader("content_type", 42));
		messages.put("1,000 headers", (session) -> {
			Message message = session.createTextMessage("text");
			for (int i = 0; i < 1000; i++) {
				message.setStringProperty("header_" + i, "x".repeat(100));
			}
			return message;
		});
		messages.put("header of 100 KB", withHeader("large", "x".repeat(30_000) + "ü".repeat(10_000)));
		messages.put("header with control characters", withHeader("evil", "a\r\nb\u0000c\u001b[31m"));
		messages.put("header that is a list", withHeader("list", List.of(1, "two", List.of(3))));
		messages.put("header that is a map", withHeader("map", Map.of("a", 1)));
		for (String name : List.of("JMSXUserID", "JMSXProducerTXID", "JMSXUnknown", "JMSXGroupSeq", "JMS_AMQ_x",
				"JMSType", "JMSCorrelationID")) {
			messages.put("reserved name " + name, withHeader(name, name.equals("JMSXGroupSeq") ? -1 : "x"));
		}
		for (Object attempt : List.of("many", -1, Integer.MAX_VALUE, Long.MIN_VALUE, true, 1.5)) {
			messages.put("attempt " + attempt, withHeader("am_attempt", attempt));
		}
		for (String name : List.of("am_id", "am_first_failure_at", "am_orig_destination", "am_orig_address",
				"am_orig_group", "am_orig_expiration", "am_delivery_count", "am_failure_kind", "am_unknown")) {
			messages.put(name + " that is text", withHeader(name, "x,?*>\n"));
			messages.put(name + " that is a number", withHeader(name, -1L));
		}
		return messages.entrySet().stream().map((entry) -> new Unusual(entry.getKey(), entry.getValue()));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageIsHandledOrGivenUpOnceAndTheNextOneFollows(Unusual unusual) throws JMSException {
		long connections = this.broker.totalConnections();
		this.handled.clear();
		for (String queue : QUEUES) {
			this.client.send(queue, unusual.factory());
			this.client.sendText(queue, "{\"article\":\"next\"}");
		}
		Flow.eventually().until(() -> this.handled.stream().filter((entry) -> entry.endsWith("next")).count() == 3);
		Flow.eventually().until(() -> QUEUES.stream().allMatch((queue) -> this.broker.depth(queue) == 0));
		for (String queue : QUEUES) {
			List<Message> letters = this.client.browse("DLQ." + queue);
			long completed = this.handled.stream().filter((entry) -> entry.startsWith(queue + ":")).count();
			if (queue.equals("failing")) {
				assertThat(letters).hasSize(2);
			}
			else {
				assertThat(completed + letters.size()).isEqualTo(2);
				assertThat(completed).isGreaterThanOrEqualTo(1);
			}
			for (Message letter : letters) {
				assertThat(letter.getStringProperty("am_failure_kind")).isIn("unconvertible", "handler");
				assertThat(this.client.receive("DLQ." + queue)).isNotNull();
			}
		}
		assertThat(this.broker.totalConnections()).isEqualTo(connections);
		assertThat(allAreRunning()).isTrue();
	}

	private boolean allAreRunning() {
		return this.context.getBean(ProcessorContainers.class)
			.reports()
			.stream()
			.allMatch((report) -> report.state() == ContainerState.RUNNING);
	}

	private static PlainClient.Factory withHeader(String name, Object value) {
		return (session) -> {
			Message message = session.createTextMessage("text");
			message.setObjectProperty(name, value);
			return message;
		};
	}

	/**
	 * A message that nobody expects.
	 *
	 * @param name what is unusual about it
	 * @param factory makes it
	 */
	private record Unusual(String name, PlainClient.Factory factory) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	record Order(String article) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

	@Processor
	static class Receiver {

		private final List<String> handled;

		Receiver(List<String> handled) {
			this.handled = handled;
		}

		@SubscribesTo("text")
		void text(String payload) {
			this.handled.add("text:" + (payload.contains("next") ? "next" : ""));
		}

		@SubscribesTo("order")
		void order(Order order) {
			this.handled.add("order:" + order.article());
		}

		@SubscribesTo("failing")
		void failing(org.springframework.messaging.Message<?> message) {
			this.handled.add("failing:" + (message.getPayload().toString().contains("next") ? "next" : ""));
			throw new IllegalStateException("no");
		}

	}

}
