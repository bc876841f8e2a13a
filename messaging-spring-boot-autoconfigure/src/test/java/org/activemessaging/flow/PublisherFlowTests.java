package org.activemessaging.flow;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.destination.UnknownDestinationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * From a publish call to what a client that knows nothing of this library receives.
 */
class PublisherFlowTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void recordArrivesAsJsonTextWithContentTypeAndId() {
		publishing((publisher) -> {
			publisher.publish("orders", new Order("Käse", 3));
			Message message = this.client.receive(Flow.QUEUE);
			assertThat(((TextMessage) message).getText()).isEqualTo("{\"article\":\"Käse\",\"pieces\":3}");
			assertThat(message.getStringProperty("content_type")).isEqualTo("application/json");
			assertThat(UUID.fromString(message.getStringProperty("am_id")).version()).isEqualTo(7);
			assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
			assertThat(message.getJMSPriority()).isEqualTo(4);
			assertThat(message.getJMSExpiration()).isZero();
			assertThat(names(message)).containsExactlyInAnyOrder("content_type", "am_id", "JMSXDeliveryCount");
		});
	}

	@Test
	void textAndBytesArriveAsTheyAre() {
		publishing((publisher) -> {
			publisher.publish("orders", "");
			publisher.publish("orders", "𝄞 \u0000 text");
			publisher.publish("orders", new byte[] { 0, -1, 'a' });
			assertThat(((TextMessage) this.client.receive(Flow.QUEUE)).getText()).isEmpty();
			assertThat(((TextMessage) this.client.receive(Flow.QUEUE)).getText()).isEqualTo("𝄞 \u0000 text");
			Message bytes = this.client.receive(Flow.QUEUE);
			assertThat(bytes).isInstanceOf(BytesMessage.class);
			assertThat(PlainClient.bytes(bytes)).containsExactly(0, -1, 'a');
		});
	}

	@Test
	void everythingSaidAboutAMessageArrives() {
		publishing((publisher) -> {
			publisher.to("orders")
				.header("city", "Köln")
				.header("number", 42)
				.header("long_number", 1L << 40)
				.header("flag", true)
				.header("ratio", 0.5)
				.group("g1")
				.priority(9)
				.timeToLive(Duration.ofMinutes(1))
				.persistent(false)
				.correlationId("c-1")
				.publish("text");
			Message message = this.client.receive(Flow.QUEUE);
			assertThat(message.getObjectProperty("city")).isEqualTo("Köln");
			assertThat(message.getObjectProperty("number")).isEqualTo(42);
			assertThat(message.getObjectProperty("long_number")).isEqualTo(1L << 40);
			assertThat(message.getObjectProperty("flag")).isEqualTo(true);
			assertThat(message.getObjectProperty("ratio")).isEqualTo(0.5);
			assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("g1");
			assertThat(message.getJMSPriority()).isEqualTo(9);
			assertThat(message.getJMSExpiration() - message.getJMSTimestamp()).isEqualTo(60_000);
			assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
			assertThat(message.getJMSCorrelationID()).isEqualTo("c-1");
		});
	}

	@Test
	void headersOfACallOverrideThoseOfTheDestination() {
		publishing((publisher) -> {
			publisher.publish("news", "by default");
			Message message = this.client.receive("News");
			assertThat(message.getStringProperty("source")).isEqualTo("default");
			assertThat(message.getJMSPriority()).isEqualTo(2);
			assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
			assertThat(message.getJMSExpiration() - message.getJMSTimestamp()).isEqualTo(60_000);
			assertThat(message.getJMSCorrelationID()).isEqualTo("fix");
			publisher.to("news")
				.header("source", "call")
				.priority(8)
				.persistent(true)
				.timeToLive(Duration.ZERO)
				.correlationId("own")
				.publish("by call");
			message = this.client.receive("News");
			assertThat(message.getStringProperty("source")).isEqualTo("call");
			assertThat(message.getJMSPriority()).isEqualTo(8);
			assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
			assertThat(message.getJMSExpiration()).isZero();
			assertThat(message.getJMSCorrelationID()).isEqualTo("own");
		}, "messaging.destination.news.queue=News", "messaging.destination.news.headers.source=default",
				"messaging.destination.news.headers.priority=2", "messaging.destination.news.headers.persistent=false",
				"messaging.destination.news.headers.time-to-live=1m",
				"messaging.destination.news.headers.correlation-id=fix");
	}

	@Test
	void publicationMayBePublishedTwiceAsTwoMessages() {
		publishing((publisher) -> {
			MessagePublisher.Publication publication = publisher.to("orders").header("k", "v");
			publication.publish("a");
			publication.publish("b");
			Message first = this.client.receive(Flow.QUEUE);
			Message second = this.client.receive(Flow.QUEUE);
			assertThat(first.getStringProperty("k")).isEqualTo(second.getStringProperty("k"));
			assertThat(first.getStringProperty("am_id")).isNotEqualTo(second.getStringProperty("am_id"));
		});
	}

	@Test
	void wrongHeadersAreRefusedByName() {
		publishing((publisher) -> {
			for (String name : List.of("", "no identifier", "with-dash", "with.dot", "1st", "line\nbreak", "nul\u0000l",
					"am_attempt", "am_orig_destination", "naïve\u007f")) {
				assertThatIllegalArgumentException().as("header '" + name + "'")
					.isThrownBy(() -> publisher.to("orders").header(name, "v"))
					.withMessageContaining(name.replaceAll("\\p{Cntrl}", "?"));
			}
			for (String value : List.of("a\nb", "a\rb", "\u0000", "tab\t", "\u0085")) {
				assertThatIllegalArgumentException().as("value '" + value + "'")
					.isThrownBy(() -> publisher.to("orders").header("key", value))
					.withMessageContaining("'key'");
				assertThatIllegalArgumentException()
					.isThrownBy(() -> publisher.publish("orders", "x", Map.of("key", value)))
					.withMessageContaining("'key'");
				assertThatIllegalArgumentException().isThrownBy(() -> publisher.to("orders").correlationId(value))
					.withMessageContaining("correlation-id");
				assertThatIllegalArgumentException().isThrownBy(() -> publisher.to("orders").group(value))
					.withMessageContaining("JMSXGroupID");
			}
			for (Object value : List.of(List.of("x"), Map.of("a", 1), new Date(), new byte[0], 'c',
					new BigDecimal("1"))) {
				assertThatIllegalArgumentException().as("value of " + value.getClass())
					.isThrownBy(() -> publisher.to("orders").header("key", value))
					.withMessageContaining("'key'");
			}
			assertThatIllegalArgumentException().isThrownBy(() -> publisher.to("orders").priority(10))
				.withMessageContaining("priority");
			assertThatIllegalArgumentException().isThrownBy(() -> publisher.to("orders").priority(-1))
				.withMessageContaining("priority");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> publisher.to("orders").timeToLive(Duration.ofMillis(-1)))
				.withMessageContaining("time-to-live");
			assertThatIllegalArgumentException().isThrownBy(() -> publisher.to("orders").header("key", null))
				.withMessageContaining("'key'");
			assertThat(this.client.receive(Flow.QUEUE, Duration.ofMillis(100))).isNull();
		});
	}

	@Test
	void wrongContentTypeIsRefused() {
		publishing((publisher) -> assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> publisher.to("orders").contentType("text\n/plain").publish(new Order("a", 1))));
	}

	@Test
	void unknownDestinationListsTheKnown() {
		publishing((publisher) -> assertThatExceptionOfType(UnknownDestinationException.class)
			.isThrownBy(() -> publisher.publish("order", "x"))
			.withMessageContaining("'order'")
			.withMessageContaining("Did you mean 'orders'?")
			.withMessageContaining("Known: news, orders."), "messaging.destination.news.queue=News");
	}

	@Test
	void groupsKnownBeforehandGetWhatIsPublishedBeforeTheirFirstConsumer() {
		publishing((publisher) -> {
			publisher.publish("clicks", "first");
			for (String group : List.of("voyeur", "billing")) {
				Message message = this.client.receive("Consumer." + group + ".VirtualTopic.Clicks");
				assertThat(((TextMessage) message).getText()).isEqualTo("first");
			}
		}, "messaging.destination.clicks.virtual-topic=Clicks", "messaging.destination.clicks.groups=voyeur,billing");
	}

	@Test
	void manyThreadsPublishEachMessageOnce() throws Exception {
		int threads = 32;
		int messages = 25;
		publishing((publisher) -> {
			ExecutorService executor = Executors.newFixedThreadPool(threads);
			List<Future<?>> futures = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				int number = thread;
				futures.add(executor.submit(() -> {
					for (int i = 0; i < messages; i++) {
						publisher.publish("orders", number + "/" + i);
					}
				}));
			}
			for (Future<?> future : futures) {
				future.get(20, TimeUnit.SECONDS);
			}
			executor.shutdown();
			assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(threads * messages);
			assertThat(this.client.drainTexts(Flow.QUEUE)).hasSize(threads * messages).doesNotHaveDuplicates();
			// One connection for all of them, beside those of the client and the sampler.
			assertThat(this.broker.totalConnections()).isLessThanOrEqualTo(3);
		});
	}

	@Test
	void publishAfterTheEndOfTheContextIsRefused() {
		Flow.application(this.broker.url()).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "before");
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).close();
			long start = System.nanoTime();
			assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("orders", "after"));
			assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(2));
		});
		assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(1);
	}

	private static List<String> names(Message message) throws JMSException {
		List<String> names = new ArrayList<>();
		Enumeration<?> enumeration = message.getPropertyNames();
		while (enumeration.hasMoreElements()) {
			names.add((String) enumeration.nextElement());
		}
		return names;
	}

	private void publishing(Use use, String... properties) {
		Flow.application(this.broker.url())
			.withPropertyValues(properties)
			.run((context) -> use.with(context.getBean(MessagePublisher.class)));
	}

	@FunctionalInterface
	interface Use {

		void with(MessagePublisher publisher) throws Exception;

	}

	record Order(String article, int pieces) {
	}

}
