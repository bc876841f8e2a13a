package org.activemessaging.flow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.processor.ProcessorDefinition;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
 * Payloads that are small to send and large or slow to read are given up at once, and the
 * type that a message names for itself is never made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayloadBombTests {

	private static final Duration BOUND = Duration.ofMillis(100);

	private final Failures failures = new Failures();

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
				"--messaging.broker.default.url=" + this.broker.url(), "--messaging.listener.max-payload-size=8MB"));
		for (String queue : List.of("order", "map", "text")) {
			arguments.add("--messaging.destination." + queue + ".queue=" + queue);
		}
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers((context) -> {
				context.getBeanFactory().registerSingleton("receiver", this.receiver);
				context.getBeanFactory().registerSingleton("failures", this.failures);
			})
			.run(arguments.toArray(String[]::new));
		// Those of three listeners, the mover, the sampler and the client.
		Flow.eventually().until(() -> this.broker.totalConnections() == 6);
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.client.close();
		this.broker.close();
	}

	static Stream<Bomb> bombs() {
		Map<String, String> json = new LinkedHashMap<>();
		json.put("deep arrays", "[".repeat(100_000) + "]".repeat(100_000));
		json.put("deep objects", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
		json.put("number of a million digits", "{\"pieces\":" + "9".repeat(1_000_000) + "}");
		json.put("number with a large exponent", "{\"pieces\":1e1000000000,\"article\":{}");
		json.put("name of a million characters", "{\"" + "x".repeat(1_000_000) + "\":1}");
		Map<String, String> other = new LinkedHashMap<>();
		other.put("application/yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
				+ "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n");
		other.put("application/x-yaml", "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]");
		other.put("text/yaml", "- ".repeat(100_000));
		other.put("application/xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>");
		other.put("text/xml", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>");
		other.put("application/soap+xml", "<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\"><x/>");
		other.put("application/x-java-serialized-object", "\u00ac\u00ed");
		List<Bomb> bombs = new ArrayList<>();
		json.forEach((name, text) -> bombs.add(new Bomb(name, "application/json", text, "unconvertible")));
		other.forEach((type, text) -> bombs.add(new Bomb(type, type, text, "unconvertible")));
		bombs.add(new Bomb("text larger than allowed", "application/json", "[".repeat(9_000_000), "payload-too-large"));
		return bombs.stream();
	}

	@ParameterizedTest
	@MethodSource("bombs")
	void bombIsGivenUpInNoTimeAndTheNextMessageIsHandled(Bomb bomb) throws JMSException {
		for (String queue : List.of("order", "map")) {
			long fastest = Long.MAX_VALUE;
			// The first of a kind pays for the loading of classes.
			for (int i = 0; i < 3; i++) {
				boolean asBytes = i == 1;
				this.client.send(queue, (session) -> bomb.create(session, asBytes));
				Message letter = this.client.receive("DLQ." + queue);
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo(bomb.kind());
				assertThat(letter.getIntProperty("am_attempt")).isOne();
				assertThat(letter.getStringProperty("am_exception_message")).hasSizeLessThanOrEqualTo(512);
				fastest = Math.min(fastest, this.failures.nanos.remove());
			}
			assertThat(Duration.ofNanos(fastest)).as("time for " + bomb).isLessThan(BOUND);
		}
		assertTheNextMessageIsHandled();
	}

	@Test
	void manyNamesWithTheSameHashAreReadInTime() {
		StringBuilder json = new StringBuilder("{\"article\":\"many\"");
		for (int i = 0; i < 1 << 14; i++) {
			json.append(",\"");
			for (int bit = 13; bit >= 0; bit--) {
				json.append(((i >> bit & 1) == 0) ? "Aa" : "BB");
			}
			json.append("\":1");
		}
		this.receiver.orders.clear();
		long start = System.nanoTime();
		this.client.sendText("map", json.append('}').toString());
		Flow.eventually().until(() -> this.receiver.orders.contains("many"));
		assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void typeThatAMessageNamesIsNeitherMadeNorLookedFor() throws JMSException {
		String type = Gadget.class.getName();
		for (String header : List.of("_type", "_asb_", "__TypeId__", "_class", "class", "JMSType", "type", "am_type",
				"javatype")) {
			this.client.send("order", (session) -> {
				Message message = session
					.createTextMessage("{\"article\":\"typed\",\"class\":\"" + type + "\",\"@class\":\"" + type
							+ "\",\"@type\":\"" + type + "\",\"_type\":\"" + type + "\",\"command\":\"x\"}");
				message.setStringProperty(header, type);
				return message;
			});
		}
		for (String json : List.of("[\"" + type + "\",{\"command\":\"x\"}]",
				"{\"" + type + "\":{\"command\":\"x\"}}")) {
			this.client.sendText("map", json);
		}
		Flow.eventually().until(() -> this.receiver.orders.stream().filter("typed"::equals).count() == 9);
		assertThat(this.client.receive("DLQ.map").getStringProperty("am_failure_kind")).isEqualTo("unconvertible");
		this.failures.nanos.clear();
		assertTheNextMessageIsHandled();
		assertThat(Gadget.made).isZero();
		new Gadget().setCommand("works");
		assertThat(Gadget.made).isEqualTo(2);
		Gadget.made = 0;
	}

	@Test
	void compressedBombIsNotInflated() throws JMSException {
		long connections = this.broker.totalConnections() + 1;
		ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
				this.broker.url() + "?jms.useCompression=true");
		ActiveMQConnection connection = (ActiveMQConnection) factory.createConnection();
		try (connection; Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
			byte[] zeros = new byte[1 << 20];
			BytesMessage large = session.createBytesMessage();
			for (int i = 0; i < 200; i++) {
				large.writeBytes(zeros);
			}
			session.createProducer(session.createQueue("text")).send(large);
			session.createProducer(session.createQueue("text")).send(session.createTextMessage("x".repeat(9_000_000)));
			session.createProducer(session.createQueue("text"))
				.send(session.createTextMessage("x".repeat(150_000_000)));
		}
		for (int i = 0; i < 3; i++) {
			assertThat(this.client.receive("DLQ.text").getStringProperty("am_failure_kind")).isIn("payload-too-large",
					"unconvertible");
		}
		assertThat(this.failures.nanos).hasSize(3);
		this.failures.nanos.clear();
		assertTheNextMessageIsHandled();
		assertThat(this.broker.totalConnections()).isEqualTo(connections);
	}

	private void assertTheNextMessageIsHandled() {
		this.receiver.orders.clear();
		this.client.sendText("order", "{\"article\":\"next order\"}");
		this.client.sendText("map", "{\"article\":\"next map\"}");
		this.client.sendText("text", "next text");
		Flow.eventually().until(() -> this.receiver.orders.containsAll(List.of("next order", "next map", "next text")));
		assertThat(this.failures.nanos).isEmpty();
	}

	/**
	 * A payload that does harm to who reads it.
	 *
	 * @param name what it is
	 * @param contentType the content type that its message names
	 * @param text the text
	 * @param kind how it is given up
	 */
	private record Bomb(String name, String contentType, String text, String kind) {

		Message create(Session session, boolean asBytes) throws JMSException {
			Message message = session.createTextMessage(this.text);
			if (asBytes) {
				BytesMessage bytes = session.createBytesMessage();
				bytes.writeBytes(this.text.getBytes(StandardCharsets.UTF_8));
				message = bytes;
			}
			message.setStringProperty("content_type", this.contentType);
			return message;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	record Order(String article, Integer pieces) {
	}

	/**
	 * A class that does something as soon as it is made or set.
	 */
	static class Gadget {

		private static int made;

		Gadget() {
			made++;
		}

		void setCommand(String command) {
			made++;
		}

	}

	/**
	 * Notes how long failing messages take.
	 */
	private static final class Failures implements DeliveryListener {

		private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

		@Override
		public void failed(ProcessorDefinition processor, long nanos, Throwable failure) {
			this.nanos.add(nanos);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

	@Processor
	static class Receiver {

		private final Queue<String> orders = new ConcurrentLinkedQueue<>();

		@SubscribesTo("order")
		void order(Order order) {
			this.orders.add(order.article());
		}

		@SubscribesTo("map")
		void map(Map<String, Object> map) {
			this.orders.add(String.valueOf(map.get("article")));
		}

		@SubscribesTo("text")
		void text(String text) {
			this.orders.add(text);
		}

	}

}
