package org.activemessaging.flow;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.MessagePublisher;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees, over HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointFlowTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private TestBroker broker;

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.broker = TestBroker.start();
		this.context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--spring.application.name=voyeur", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--messaging.broker.analytics.adapter=activemq",
				"--messaging.broker.analytics.url=" + this.broker.url() + "?wireFormat.tightEncodingEnabled=true",
				"--messaging.broker.analytics.user=xyzzy-canary-user",
				"--messaging.broker.analytics.password=xyzzy-canary-word",
				"--messaging.broker.jobs.url=failover:(tcp://localhost:1?soTimeout=1,tcp://localhost:2)?randomize=false",
				"--messaging.broker.jobs.publisher.timeout=500ms", "--messaging.default-broker=analytics",
				"--messaging.destination.clickstream.virtual-topic=Clickstream",
				"--messaging.destination.clickstream.groups=billing", "--messaging.destination.orders.queue=Orders",
				"--messaging.destination.news.topic=News", "--messaging.destination.encode.queue=Encode",
				"--messaging.destination.encode.broker=jobs", "--messaging.processor.orders.concurrency=2-4",
				"--messaging.processor-group.clickstream=clicks", "--messaging.listener.redelivery.immediate=1",
				"--messaging.listener.redelivery.delayed=0", "--messaging.operations.sample-interval=200ms");
		MessagePublisher publisher = this.context.getBean(MessagePublisher.class);
		for (String click : List.of("a", "b", "c")) {
			publisher.publish("clickstream", click);
		}
		publisher.publish("orders", "good");
		publisher.publish("orders", "bad");
		publisher.publish("orders", "rejected");
		Flow.eventually().untilAsserted(() -> {
			assertThat(get("processors/clicks").get("processed").asLong()).isEqualTo(3);
			assertThat(get("processors/orders").get("deadLettered").asLong()).isEqualTo(2);
			assertThat(queue("clickstream", "billing").get("depth").asLong()).isEqualTo(3);
			assertThat(queue("orders", null).get("deadLetters").get("depth").asLong()).isEqualTo(2);
			assertThat(get("brokers/jobs").get("status").asString()).isEqualTo("DOWN");
		});
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.broker.close();
	}

	@Test
	void rootHasBrokersDestinationsProcessorsAndGroups() {
		assertThat(names(get(""))).containsExactlyInAnyOrder("brokers", "destinations", "processors", "processorGroups",
				"outbox");
		assertThat(get("").get("outbox").isNull()).isTrue();
		assertThat(names(get("").get("brokers"))).containsExactlyInAnyOrder("analytics", "jobs");
		assertThat(names(get("").get("destinations"))).containsExactlyInAnyOrder("clickstream", "orders", "news",
				"encode");
		assertThat(names(get("").get("processors"))).containsExactlyInAnyOrder("clicks", "orders", "encoder");
		assertThat(get("").get("processorGroups").get("clickstream").get("processors").get(0).asString())
			.isEqualTo("clicks");
		assertThat(get("").get("processorGroups").get("clickstream").get("running").asBoolean()).isTrue();
	}

	@Test
	void filtersAreListedInTheOrderInWhichTheyAreCalled() {
		assertThat(names(get("filters"))).containsExactly("inbound", "outbound");
		JsonNode filter = get("filters").get("outbound").get(0);
		assertThat(names(filter)).containsExactlyInAnyOrder("name", "type", "only", "except");
		assertThat(filter.get("name").asString()).isEqualTo("passing");
		assertThat(filter.get("only").get(0).asString()).isEqualTo("orders");
		assertThat(get("filters").get("inbound").get(0).get("name").asString()).isEqualTo("claim-check");
	}

	@Test
	void brokerIsShownWithoutCredentialsAndOptions() {
		JsonNode up = get("brokers/analytics");
		assertThat(names(up)).containsExactlyInAnyOrder("adapter", "url", "status", "default", "since", "capabilities");
		assertThat(up.get("adapter").asString()).isEqualTo("activemq");
		assertThat(up.get("url").asString()).isEqualTo(this.broker.url());
		assertThat(up.get("status").asString()).isEqualTo("UP");
		assertThat(up.get("default").asBoolean()).isTrue();
		assertThat(Instant.parse(up.get("since").asString())).isBefore(Instant.now());
		assertThat(up.get("capabilities").get("atomic-move").asString()).isEqualTo("native");
		assertThat(up.get("capabilities").get("delay").asString()).isEqualTo("emulated");
		JsonNode down = get("brokers/jobs");
		assertThat(down.get("url").asString()).isEqualTo("failover:(tcp://localhost:1,tcp://localhost:2)");
		assertThat(down.get("status").asString()).isEqualTo("DOWN");
		assertThat(down.get("default").asBoolean()).isFalse();
		assertThat(down.get("reason").asString()).isNotBlank();
	}

	@Test
	void destinationIsShownWithItsQueues() {
		JsonNode destination = get("destinations/clickstream");
		assertThat(names(destination)).containsExactlyInAnyOrder("broker", "type", "address", "queues");
		assertThat(destination.get("broker").asString()).isEqualTo("analytics");
		assertThat(destination.get("type").asString()).isEqualTo("virtual-topic");
		assertThat(destination.get("address").asString()).isEqualTo("VirtualTopic.Clickstream");
		assertThat(destination.get("queues")).hasSize(2);
		JsonNode queue = queue("clickstream", "billing");
		assertThat(names(queue)).containsExactlyInAnyOrder("name", "group", "depth", "exact", "source", "oldestAge",
				"inFlight", "consumers", "rate", "timeToDrain", "sampledAt", "deadLetters");
		assertThat(names(queue.get("deadLetters"))).containsExactlyInAnyOrder("name", "depth", "exact", "source",
				"oldestAge", "inFlight", "consumers", "sampledAt");
		assertThat(queue.get("name").asString()).isEqualTo("Consumer.billing.VirtualTopic.Clickstream");
		assertThat(queue.get("depth").asLong()).isEqualTo(3);
		assertThat(queue.get("exact").asBoolean()).isTrue();
		assertThat(queue.get("source").asString()).isEqualTo("statistics");
		assertThat(Duration.parse(queue.get("oldestAge").asString())).isPositive();
		assertThat(queue.get("inFlight").asLong()).isZero();
		assertThat(queue.get("consumers").asLong()).isZero();
		assertThat(queue.get("timeToDrain").isNull()).isTrue();
		assertThat(Instant.parse(queue.get("sampledAt").asString())).isAfter(Instant.now().minusSeconds(30));
		assertThat(queue.get("deadLetters").get("name").asString())
			.isEqualTo("DLQ.Consumer.billing.VirtualTopic.Clickstream");
		assertThat(queue.get("deadLetters").get("depth").asLong()).isZero();
		JsonNode own = queue("clickstream", "voyeur");
		assertThat(own.get("depth").asLong()).isZero();
		assertThat(own.get("consumers").asLong()).isOne();
		assertThat(own.get("timeToDrain").asString()).isEqualTo("PT0S");
		assertThat(own.get("oldestAge").isNull()).isTrue();
	}

	@Test
	void numbersThatNobodyKnowsAreNull() {
		JsonNode queue = queue("encode", null);
		for (String name : List.of("depth", "oldestAge", "inFlight", "consumers", "timeToDrain", "sampledAt")) {
			assertThat(queue.has(name)).as(name).isTrue();
			assertThat(queue.get(name).isNull()).as(name).isTrue();
		}
		assertThat(queue.get("exact").asBoolean()).isFalse();
		assertThat(queue.get("deadLetters").get("depth").isNull()).isTrue();
		assertThat(get("destinations/news").get("queues")).isEmpty();
	}

	@Test
	void processorIsShownWithItsNumbers() {
		JsonNode clicks = get("processors/clicks");
		assertThat(names(clicks)).containsExactlyInAnyOrder("destination", "group", "processorGroup", "state",
				"pausedBy", "braked", "concurrency", "window", "redelivery", "inFlight", "processed", "failed",
				"redelivered", "deadLettered", "duplicates", "discarded", "rate", "duration", "lastFailure");
		assertThat(clicks.get("destination").asString()).isEqualTo("clickstream");
		assertThat(clicks.get("group").asString()).isEqualTo("voyeur");
		assertThat(clicks.get("processorGroup").asString()).isEqualTo("clickstream");
		assertThat(clicks.get("state").asString()).isEqualTo("RUNNING");
		assertThat(clicks.get("braked").asBoolean()).isFalse();
		assertThat(names(clicks.get("redelivery"))).containsExactlyInAnyOrder("tries", "longest", "crashes",
				"deadLetterQueue", "rules");
		assertThat(clicks.get("redelivery").get("tries").asInt()).isPositive();
		assertThat(clicks.get("redelivery").get("deadLetterQueue").asString())
			.isEqualTo("DLQ.Consumer.voyeur.VirtualTopic.Clickstream");
		assertThat(clicks.get("failed").asLong()).isZero();
		assertThat(clicks.get("inFlight").asLong()).isZero();
		assertThat(clicks.get("window").asInt()).isBetween(1, 100);
		assertThat(clicks.get("lastFailure").isNull()).isTrue();
		assertThat(clicks.get("rate").asDouble()).isPositive();
		assertThat(names(clicks.get("duration"))).containsExactlyInAnyOrder("mean", "p50", "p95", "p99", "max");
		assertThat(Duration.parse(clicks.get("duration").get("p99").asString())).isLessThan(Duration.ofSeconds(30));
		JsonNode orders = get("processors/orders");
		assertThat(orders.get("processed").asLong()).isOne();
		assertThat(orders.get("failed").asLong()).isEqualTo(3);
		assertThat(orders.get("redelivered").asLong()).isOne();
		assertThat(orders.get("deadLettered").asLong()).isEqualTo(2);
		assertThat(orders.get("concurrency").get("active").asInt()).isBetween(2, 4);
		assertThat(orders.get("concurrency").get("min").asInt()).isEqualTo(2);
		assertThat(orders.get("concurrency").get("max").asInt()).isEqualTo(4);
		assertThat(names(orders.get("lastFailure"))).containsExactlyInAnyOrder("at", "exception", "message");
		assertThat(orders.get("lastFailure").get("exception").asString()).isIn(IllegalStateException.class.getName(),
				RejectMessageException.class.getName());
		JsonNode encoder = get("processors/encoder");
		assertThat(encoder.get("state").asString()).isEqualTo("RECOVERING");
		assertThat(encoder.get("duration").isNull()).isTrue();
		assertThat(encoder.get("reason").asString()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(strings = { "brokers/analytic", "destinations/click", "processors/none", "processor-groups/x" })
	void unknownItemIsNotFoundAndTheKnownAreNamed(String path) {
		HttpResponse<String> response = send("GET", "/actuator/messaging/" + path);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(this.mapper.readTree(response.body()).get("known")).isNotEmpty();
		assertThat(response.body()).contains(path.substring(path.indexOf('/') + 1));
	}

	@Test
	void unknownKindIsNotFound() {
		for (String path : List.of("queues", "queues/x")) {
			HttpResponse<String> response = send("GET", "/actuator/messaging/" + path);
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(texts(this.mapper.readTree(response.body()).get("known"))).contains("brokers", "processors");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH" })
	void endpointIsReadOnly(String method) {
		for (String path : List.of("", "/processors/clicks", "/destinations/orders", "/destinations/orders/purge")) {
			assertThat(send(method, "/actuator/messaging" + path).statusCode()).as(path).isIn(404, 405);
		}
	}

	@Test
	void healthIsPerBrokerAndTakesThePlaceOfTheOneForJms() {
		HttpResponse<String> response = send("GET", "/actuator/health");
		JsonNode components = this.mapper.readTree(response.body()).get("components");
		assertThat(names(components)).contains("messaging").doesNotContain("jms");
		JsonNode brokers = components.get("messaging").get("components");
		assertThat(names(brokers)).containsExactlyInAnyOrder("analytics", "jobs");
		assertThat(brokers.get("analytics").get("status").asString()).isEqualTo("UP");
		assertThat(brokers.get("jobs").get("status").asString()).isEqualTo("DOWN");
		assertThat(brokers.get("jobs").get("details").get("reason").asString()).isNotBlank();
		assertThat(response.body()).doesNotContain("canary").doesNotContain("randomize").doesNotContain("soTimeout");
	}

	@Test
	void nothingShowsASecret() {
		for (String path : List.of("/actuator/messaging", "/actuator/messaging/brokers", "/actuator/health",
				"/actuator/metrics")) {
			assertThat(send("GET", path).body()).as(path).doesNotContain("canary");
		}
	}

	@Test
	void metersHaveTheirTags() {
		MeterRegistry registry = this.context.getBean(MeterRegistry.class);
		String[] clicks = { "broker", "analytics", "destination", "clickstream", "group", "voyeur", "processor",
				"clicks" };
		String[] orders = { "broker", "analytics", "destination", "orders", "group", "none", "processor", "orders" };
		assertThat(registry.get("messaging.process").tags(clicks).tag("outcome", "success").timer().count())
			.isEqualTo(3);
		assertThat(registry.get("messaging.process").tags(orders).tag("outcome", "failure").timer().count())
			.isEqualTo(3);
		assertThat(registry.get("messaging.wait").tags(clicks).timer().count()).isEqualTo(3);
		assertThat(registry.get("messaging.redeliveries").tags(orders).counter().count()).isEqualTo(1);
		assertThat(registry.get("messaging.dead.letters")
			.tags(orders)
			.tag("exception", "RejectMessageException")
			.counter()
			.count()).isEqualTo(1);
		assertThat(registry.get("messaging.in.flight").tags(clicks).gauge().value()).isZero();
		assertThat(registry.get("messaging.concurrency").tags(clicks).gauge().value()).isOne();
		Timer publish = registry.get("messaging.publish")
			.tags("broker", "analytics", "destination", "orders", "group", "none", "processor", "none")
			.timer();
		assertThat(publish.count()).isEqualTo(3);
		assertThat(registry.get("messaging.queue.depth")
			.tags("broker", "analytics", "destination", "clickstream", "group", "billing", "processor", "none")
			.gauge()
			.value()).isEqualTo(3);
		assertThat(registry.get("messaging.queue.oldest.age").tag("group", "billing").gauge().value()).isPositive();
		assertThat(registry.get("messaging.dead.letter.depth").tag("destination", "orders").gauge().value())
			.isEqualTo(2);
		assertThat(registry.get("messaging.queue.depth").tag("destination", "encode").gauge().value()).isNaN();
		assertThat(registry.get("messaging.queue.oldest.age").tag("destination", "encode").gauge().value()).isNaN();
		assertThat(registry.get("messaging.dead.letter.depth").tag("destination", "encode").gauge().value()).isNaN();
	}

	@Test
	void metersAreShownOverHttp() {
		assertThat(send("GET", "/actuator/metrics/messaging.process").statusCode()).isEqualTo(200);
		assertThat(send("GET", "/actuator/metrics/messaging.queue.depth").statusCode()).isEqualTo(200);
	}

	private JsonNode queue(String destination, String group) {
		for (JsonNode queue : get("destinations/" + destination).get("queues")) {
			if (group == null || queue.get("group").asString().equals(group)) {
				return queue;
			}
		}
		throw new AssertionError("No queue of group " + group);
	}

	private JsonNode get(String path) {
		HttpResponse<String> response = send("GET", "/actuator/messaging" + (path.isEmpty() ? "" : "/" + path));
		assertThat(response.statusCode()).isEqualTo(200);
		return this.mapper.readTree(response.body());
	}

	private HttpResponse<String> send(String method, String path) {
		return Http.send(Http.to(this.context, path).method(method, HttpRequest.BodyPublishers.noBody()));
	}

	private static List<String> names(JsonNode node) {
		return List.copyOf(node.propertyNames());
	}

	private static List<String> texts(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Processors processors() {
			return new Processors();
		}

		@Bean
		@FilterFor(only = "orders", direction = Direction.OUTBOUND)
		MessageFilter passing() {
			return (message, routing, chain) -> chain.proceed(message);
		}

	}

	static class Processors {

		@SubscribesTo(value = "clickstream", id = "clicks")
		void onClick(String click) {
		}

		@SubscribesTo(value = "orders", id = "orders")
		void onOrder(String order) {
			if (order.equals("bad")) {
				throw new IllegalStateException("bad order");
			}
			if (order.equals("rejected")) {
				throw new RejectMessageException("rejected order");
			}
		}

		@SubscribesTo(value = "encode", id = "encoder")
		void onVideo(String video) {
		}

	}

}
