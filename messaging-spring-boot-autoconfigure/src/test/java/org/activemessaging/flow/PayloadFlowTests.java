package org.activemessaging.flow;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.apache.activemq.command.ActiveMQMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * From what a client that knows nothing of this library sends to what a processor gets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayloadFlowTests {

	private static final String UNICODE = "Grüße 世界 𝄞 \u0000 \uFEFF é";

	private static final byte[] NO_UTF_8 = { (byte) 0xC3, (byte) 0x28, (byte) 0xFF, 0, (byte) 0xFE, 'x', 13, 10 };

	private final Receiver receiver = new Receiver();

	private TestBroker broker;

	private PlainClient client;

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.broker = TestBroker.start();
		this.client = this.broker.client();
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=voyeur",
				"--spring.main.banner-mode=off", "--messaging.broker.default.adapter=activemq",
				"--messaging.broker.default.url=" + this.broker.url()));
		for (String queue : List.of("string", "bytes", "map", "record", "list", "message", "wildcard", "header",
				"unused")) {
			arguments.add("--messaging.destination." + queue + ".queue=" + queue);
		}
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("receiver", this.receiver))
			.run(arguments.toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.client.close();
		this.broker.close();
	}

	@AfterEach
	void nothingIsLeft() {
		assertThat(this.receiver.received).isEmpty();
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "", " ", UNICODE, "{\"json\":1}", "null" })
	void textIsTakenAsString(String text) throws Exception {
		this.client.sendText("string", text);
		assertThat(next()).isEqualTo(text);
		this.client.sendBytes("string", text.getBytes(StandardCharsets.UTF_8));
		assertThat(next()).isEqualTo(text);
	}

	@Test
	void bytesAreReadByTheCharsetOfTheirContentType() throws Exception {
		this.client.send("string", (session) -> {
			BytesMessage message = session.createBytesMessage();
			message.writeBytes("Köln".getBytes(StandardCharsets.ISO_8859_1));
			message.setStringProperty("content_type", "text/plain;charset=ISO-8859-1");
			return message;
		});
		assertThat(next()).isEqualTo("Köln");
	}

	@Test
	void bytesAreTakenAsBytes() throws Exception {
		this.client.sendBytes("bytes", NO_UTF_8);
		assertThat(next()).isEqualTo(NO_UTF_8);
		this.client.sendBytes("bytes", new byte[0]);
		assertThat(next()).isEqualTo(new byte[0]);
		this.client.sendText("bytes", UNICODE);
		assertThat(next()).isEqualTo(UNICODE.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void textWithoutABodyIsEmpty() throws Exception {
		this.client.send("string", (session) -> session.createTextMessage());
		assertThat(next()).isEqualTo("");
		this.client.send("bytes", (session) -> session.createMessage());
		assertThat(next()).isEqualTo(new byte[0]);
	}

	@Test
	void mapMessageAndJsonAreTakenAsMap() throws Exception {
		this.client.send("map", (session) -> {
			MapMessage message = session.createMapMessage();
			message.setString("name", "Käse");
			message.setInt("pieces", 3);
			message.setBoolean("fresh", true);
			return message;
		});
		assertThat(next()).isEqualTo(Map.of("name", "Käse", "pieces", 3, "fresh", true));
		this.client.sendText("map", "{\"name\":\"Käse\",\"parts\":[1,2]}");
		assertThat(next()).isEqualTo(Map.of("name", "Käse", "parts", List.of(1, 2)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "application/json", "application/json;charset=UTF-8", "text/plain",
			"text/plain; charset=utf-8", "application/octet-stream", "application/vnd.order+json" })
	void jsonIsTakenAsRecordHoweverItIsLabelled(String contentType) throws Exception {
		String json = "{\"article\":\"Käse\",\"pieces\":3}";
		this.client.send("record", (session) -> labelled(session.createTextMessage(json), contentType));
		assertThat(next()).isEqualTo(new Order("Käse", 3));
		this.client.send("record", (session) -> {
			BytesMessage message = session.createBytesMessage();
			message.writeBytes(json.getBytes(StandardCharsets.UTF_8));
			return labelled(message, contentType);
		});
		assertThat(next()).isEqualTo(new Order("Käse", 3));
	}

	@Test
	void genericTypesAreReadAsDeclared() throws Exception {
		this.client.sendText("list", "[{\"article\":\"a\",\"pieces\":1},{\"article\":\"b\",\"pieces\":2}]");
		assertThat(next()).isEqualTo(List.of(new Order("a", 1), new Order("b", 2)));
	}

	@Test
	void messageHasItsPayloadConvertedAndItsHeaders() throws Exception {
		this.client.send("message", (session) -> {
			jakarta.jms.Message message = session.createTextMessage("{\"article\":\"a\",\"pieces\":1}");
			message.setJMSCorrelationID("c-1");
			message.setJMSType("order");
			message.setStringProperty("city", "Köln");
			message.setIntProperty("number", 42);
			message.setStringProperty("JMSXGroupID", "g1");
			return message;
		});
		Message<?> message = (Message<?>) next();
		assertThat(message.getPayload()).isEqualTo(new Order("a", 1));
		assertThat(message.getHeaders()).contains(entry("jms_correlationId", "c-1"), entry("jms_type", "order"),
				entry("city", "Köln"), entry("number", 42), entry("JMSXGroupID", "g1"), entry("jms_priority", 4));
	}

	@Test
	void messageOfAnythingHasThePayloadAsItCame() throws Exception {
		this.client.sendText("wildcard", "{}");
		assertThat(((Message<?>) next()).getPayload()).isEqualTo("{}");
		this.client.sendBytes("wildcard", NO_UTF_8);
		assertThat(((Message<?>) next()).getPayload()).isEqualTo(NO_UTF_8);
	}

	@Test
	void headersAreTakenByName() throws Exception {
		this.client.send("header", (session) -> {
			jakarta.jms.Message message = session.createTextMessage("text");
			message.setStringProperty("city", "Köln");
			message.setStringProperty("number", "42");
			return message;
		});
		assertThat(next()).isEqualTo(List.of("text", "Köln", 42, "none", true));
	}

	@Test
	void missingHeaderIsUnconvertible() {
		this.client.sendText("header", "text");
		jakarta.jms.Message letter = this.client.receive("DLQ.header");
		assertUnconvertible(letter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"article\":", "", "no json", "[]", "null", "{\"pieces\":\"many\"}" })
	void brokenJsonIsADeadLetterAtOnce(String json) throws Exception {
		this.client.sendText("record", json);
		TextMessage letter = (TextMessage) this.client.receive("DLQ.record");
		assertThat(letter.getText()).isEqualTo(json);
		assertUnconvertible(letter);
	}

	@Test
	void bytesOfADeadLetterAreUntouched() throws Exception {
		this.client.sendBytes("record", NO_UTF_8);
		jakarta.jms.Message letter = this.client.receive("DLQ.record");
		assertThat(PlainClient.bytes(letter)).isEqualTo(NO_UTF_8);
		assertUnconvertible(letter);
	}

	@Test
	void mapOfADeadLetterIsUntouched() throws Exception {
		this.client.send("record", (session) -> {
			MapMessage message = session.createMapMessage();
			message.setBytes("bytes", NO_UTF_8);
			message.setLong("number", 7);
			return message;
		});
		MapMessage letter = (MapMessage) this.client.receive("DLQ.record");
		assertThat(letter.getBytes("bytes")).isEqualTo(NO_UTF_8);
		assertThat(letter.getObject("number")).isEqualTo(7L);
		assertUnconvertible(letter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "a/b/c", "text/plain;charset=klingon", "application/xml", "*/*" })
	void contentTypeThatNobodyUnderstandsIsADeadLetter(String contentType) {
		this.client.send("record",
				(session) -> labelled(session.createTextMessage("{\"article\":\"a\",\"pieces\":1}"), contentType));
		assertUnconvertible(this.client.receive("DLQ.record"));
	}

	@Test
	void serialisedObjectIsADeadLetterUnread() throws Exception {
		for (String queue : List.of("string", "record", "wildcard")) {
			this.client.send(queue, (session) -> session.createObjectMessage(new Trap("x")));
			ObjectMessage letter = (ObjectMessage) this.client.receive("DLQ." + queue);
			assertUnconvertible(letter);
			assertThat(Trap.sprung).hasValue(0);
			assertThat(((ActiveMQMessage) letter).getContent()).isNotNull();
		}
		// The trap works: who reads it springs it.
		this.client.send("unused", (session) -> session.createObjectMessage(new Trap("x")));
		assertThat(((ObjectMessage) this.client.receive("unused")).getObject()).isInstanceOf(Trap.class);
		assertThat(Trap.sprung).hasValue(1);
	}

	@Test
	void streamMessageIsADeadLetter() {
		this.client.send("string", (session) -> session.createStreamMessage());
		assertUnconvertible(this.client.receive("DLQ.string"));
	}

	private static jakarta.jms.Message labelled(jakarta.jms.Message message, String contentType) throws JMSException {
		if (!contentType.isEmpty()) {
			message.setStringProperty("content_type", contentType);
		}
		return message;
	}

	private static void assertUnconvertible(jakarta.jms.Message letter) {
		try {
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("unconvertible");
			assertThat(letter.getIntProperty("am_attempt")).isEqualTo(1);
			assertThat(letter.getStringProperty("am_exception_message")).doesNotContainPattern("\\p{Cntrl}");
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Object next() throws InterruptedException {
		Object next = this.receiver.received.poll(10, TimeUnit.SECONDS);
		assertThat(next).as("what a processor received").isNotNull();
		return next;
	}

	record Order(String article, int pieces) {
	}

	static final class Trap implements Serializable {

		private static final long serialVersionUID = 1L;

		private static final AtomicInteger sprung = new AtomicInteger();

		private final String name;

		Trap(String name) {
			this.name = name;
		}

		private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
			stream.defaultReadObject();
			sprung.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

	@Processor
	static class Receiver {

		private final LinkedBlockingQueue<Object> received = new LinkedBlockingQueue<>();

		@SubscribesTo("string")
		void string(String payload) {
			this.received.add(payload);
		}

		@SubscribesTo("bytes")
		void bytes(byte[] payload) {
			this.received.add(payload);
		}

		@SubscribesTo("map")
		void map(Map<String, Object> payload) {
			this.received.add(payload);
		}

		@SubscribesTo("record")
		void order(Order payload) {
			this.received.add(payload);
		}

		@SubscribesTo("list")
		void list(@Payload List<Order> payload) {
			this.received.add(payload);
		}

		@SubscribesTo("message")
		void message(Message<Order> message) {
			this.received.add(message);
		}

		@SubscribesTo("wildcard")
		void wildcard(Message<?> message) {
			this.received.add(message);
		}

		@SubscribesTo("header")
		void header(String payload, @Header("city") String city, @Header("number") int number,
				@Header(name = "absent", defaultValue = "none") String absent, @Headers Map<String, Object> all,
				MessageHeaders headers) {
			this.received.add(List.of(payload, city, number, absent, all.keySet().equals(headers.keySet())));
		}

	}

}
