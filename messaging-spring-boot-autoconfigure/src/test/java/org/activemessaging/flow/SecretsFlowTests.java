package org.activemessaging.flow;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.security.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets of the configuration, of messages and of exceptions are shown nowhere, whatever
 * happens. The output of all other tests is read too.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsFlowTests {

	@Test
	void nothingShowsASecretWhateverHappens(CapturedOutput output) {
		int port = BrokerProcess.freePort();
		ConfigurableApplicationContext context = null;
		try {
			try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD, port)) {
				context = start(broker.url());
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < Work.FAILURES.size(); i++) {
					publisher.to("orders")
						.header("authorization", "Bearer " + Secrets.CANARY + "header")
						.correlationId(Secrets.CANARY + "correlation")
						.publish(Secrets.CANARY + "payload " + i);
				}
				publisher.publish("clicks", "{\"secret\":\"" + Secrets.CANARY + "json\",");
				Work work = context.getBean(Work.class);
				Flow.eventually().until(() -> work.calls.get() >= Work.FAILURES.size());
				assertDeadLettersShowNoSecret(broker);
				assertNothingIsShown(context);
			}
			Flow.eventually().until(() -> output.getAll().contains("has no connection"));
			assertNothingIsShown(context);
			// Under load, stopped in the middle of it.
			try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD, port)) {
				Flow.eventually().until(() -> output.getAll().contains("is connected again"));
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 200; i++) {
					publisher.publish("slow", Secrets.CANARY + "payload");
				}
				Work work = context.getBean(Work.class);
				Flow.eventually().until(() -> work.slow.get() > 0);
				context.close();
			}
		}
		finally {
			if (context != null) {
				context.close();
			}
		}
		assertThat(output.getAll()).contains("dead letters").doesNotContain(Secrets.CANARY);
	}

	private void assertDeadLettersShowNoSecret(GuardedBroker broker) {
		List<Message> letters = new ArrayList<>();
		try (PlainClient client = new PlainClient(
				broker.url() + "?jms.userName=" + GuardedBroker.USER + "&jms.password=" + Secrets.PASSWORD)) {
			Flow.eventually().until(() -> client.browse("DLQ.Clicks").size() == 1);
			letters.addAll(client.browse("DLQ.Clicks"));
			for (int i = 0; i < Work.FAILURES.size(); i++) {
				letters.add(client.receive("DLQ.Orders"));
			}
			for (Message letter : letters) {
				Enumeration<?> names = letter.getPropertyNames();
				while (names.hasMoreElements()) {
					String name = (String) names.nextElement();
					if (name.startsWith("am_")) {
						assertThat(letter.getStringProperty(name)).as(name).doesNotContain(Secrets.CANARY);
					}
				}
			}
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertNothingIsShown(ConfigurableApplicationContext context) {
		JsonNode links = JsonMapper.builder().build().readTree(Http.get(context, "/actuator").body()).get("_links");
		assertThat(links.propertyNames()).contains("messaging", "env", "configprops", "health", "metrics", "beans",
				"conditions", "loggers");
		for (String name : links.propertyNames()) {
			String link = links.get(name).get("href").asString();
			if (!link.contains("{") && !link.contains("heapdump") && !link.contains("threaddump")) {
				assertThat(Http.get(context, URI.create(link).getPath()).body()).as(link)
					.isNotEmpty()
					.doesNotContain(Secrets.CANARY);
			}
		}
		assertThat(Http.get(context, "/actuator/messaging/processors/orders").body()).contains("lastFailure")
			.doesNotContain(Secrets.CANARY);
		context.getBean(MeterRegistry.class)
			.getMeters()
			.forEach((meter) -> assertThat(meter.getId().toString()).doesNotContain(Secrets.CANARY));
	}

	private static ConfigurableApplicationContext start(String url) {
		List<String> arguments = new ArrayList<>(List.of(Flow.FAST));
		arguments.addAll(List.of("server.port=0", "spring.application.name=voyeur", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"messaging.broker.default.adapter=activemq", "messaging.broker.default.url=" + url,
				"messaging.broker.default.user=" + GuardedBroker.USER,
				"messaging.broker.default.password=" + Secrets.PASSWORD, "messaging.broker.other.adapter=activemq",
				"messaging.broker.other.url=" + url, "messaging.broker.other.user=" + "nobody",
				"messaging.broker.other.password=" + Secrets.CANARY + "wrong",
				"messaging.broker.other.publisher.timeout=500ms",
				"messaging.broker.ssl.url=ssl://localhost:" + url.substring(url.lastIndexOf(':') + 1),
				"messaging.broker.ssl.user=" + "somebody", "messaging.broker.ssl.password=" + Secrets.CANARY + "tls",
				"messaging.broker.ssl.properties.trustStorePassword=" + Secrets.CANARY + "property",
				"messaging.destination.orders.queue=Orders", "messaging.destination.clicks.queue=Clicks",
				"messaging.destination.slow.queue=Slow", "messaging.destination.encode.queue=Encode",
				"messaging.destination.encode.broker=other", "messaging.destination.tls.queue=Tls",
				"messaging.destination.tls.broker=ssl", "messaging.listener.redelivery.immediate=0",
				"messaging.listener.redelivery.delayed=0", "messaging.listener.drain-timeout=200ms",
				"messaging.destination.orders.headers.api_key=" + Secrets.CANARY + "configured-header"));
		return new SpringApplicationBuilder(Application.class)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	record Click(String secret) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Work work() {
			return new Work();
		}

	}

	@Processor
	static class Work {

		private static final List<RuntimeException> FAILURES = List.of(
				new IllegalStateException("Login failed: password=" + Secrets.CANARY + "a, user=x"),
				new IllegalStateException(
						"jdbc:postgresql://scott:" + Secrets.CANARY + "b@db/x?password=" + Secrets.CANARY),
				new RejectMessageException("401 from https://api/x?token=" + Secrets.CANARY + "c&x=1"),
				new IllegalStateException("outer",
						new IllegalStateException("client_secret: \"" + Secrets.CANARY + "\"")),
				new IllegalArgumentException("scott:" + Secrets.CANARY + "@host refused"));

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicInteger slow = new AtomicInteger();

		@SubscribesTo(value = "orders", id = "orders")
		void order(String text) {
			throw FAILURES.get(this.calls.getAndIncrement() % FAILURES.size());
		}

		@SubscribesTo("clicks")
		void click(Click click) {
		}

		@SubscribesTo("slow")
		void slow(String text) {
			this.slow.incrementAndGet();
			Flow.work(Duration.ofMillis(300));
		}

		@SubscribesTo("encode")
		void encode(String text) {
		}

		@SubscribesTo("tls")
		void tls(String text) {
		}

	}

}
