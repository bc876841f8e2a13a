package org.activemessaging.flow;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.activemessaging.MessagePublisher;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the endpoint says beside the numbers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightsFlowTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private TestBroker broker;

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.broker = TestBroker.start();
		this.context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--spring.application.name=voyeur", "--spring.application.version=1.2.3",
				"--spring.main.banner-mode=off", "--management.endpoints.web.exposure.include=*",
				"--messaging.broker.default.adapter=activemq", "--messaging.broker.default.url=" + this.broker.url(),
				"--messaging.operations.sample-interval=200ms",
				"--messaging.destination.clickstream.virtual-topic=Clickstream",
				"--messaging.destination.clickstream.groups=billing",
				"--messaging.destination.[the.orders].queue=Orders", "--messaging.destination.news.topic=News",
				"--messaging.processor-group.web=clicks,orders", "--messaging.processor.orders.auto-startup=false");
		MessagePublisher publisher = this.context.getBean(MessagePublisher.class);
		publisher.publish("clickstream", Map.of("page", "a"));
		Flow.eventually()
			.untilAsserted(() -> assertThat(get("/processors/clicks").get("processed").asLong()).isEqualTo(1));
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.broker.close();
	}

	@Test
	void doctorAnswersWithFindingsAsAgreed() {
		Flow.eventually()
			.untilAsserted(() -> assertThat(get("/doctor").get("findings").findValuesAsString("id"))
				.contains("not-started", "backlog-without-processor"));
		JsonNode doctor = get("/doctor");
		assertThat(names(doctor)).containsExactly("checkedAt", "healthy", "findings");
		assertThat(Instant.parse(doctor.get("checkedAt").asString())).isBefore(Instant.now());
		assertThat(doctor.get("healthy").asBoolean()).isFalse();
		JsonNode finding = doctor.get("findings").get(0);
		assertThat(names(finding)).containsExactly("id", "severity", "subject", "title", "evidence", "remedy", "since");
		assertThat(finding.get("id").asString()).isEqualTo("backlog-without-processor");
		assertThat(finding.get("severity").asString()).isEqualTo("error");
		assertThat(finding.get("subject").get("kind").asString()).isEqualTo("destination");
		assertThat(Instant.parse(finding.get("since").asString())).isBefore(Instant.now());
	}

	@Test
	void scalingAnswersWithANumberForEachGroup() {
		JsonNode all = get("/scaling");
		assertThat(names(all)).containsExactly("processorGroups");
		JsonNode web = all.get("processorGroups").get("web");
		assertThat(names(web)).containsExactly("wanted", "backlog", "rate", "timeToDrain", "reason");
		JsonNode one = get("/scaling?group=web&target=PT10S");
		assertThat(one.get("wanted").isIntegralNumber()).isTrue();
		assertThat(one.get("wanted").asInt()).isBetween(0, 1);
		assertThat(one.get("backlog").asLong()).isZero();
	}

	@Test
	void scalingRefusesWhatIsNoTimeAndUnknownGroups() {
		assertThat(send("/scaling?target=soon").statusCode()).isEqualTo(400);
		assertThat(send("/scaling?target=PT0S").statusCode()).isEqualTo(400);
		HttpResponse<String> unknown = send("/scaling?group=wbe");
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(this.mapper.readTree(unknown.body()).get("known").get(0).asString()).isEqualTo("web");
	}

	@Test
	void topologyLeadsFromPublisherToDeadLetters() {
		JsonNode topology = get("/topology");
		assertThat(names(topology)).containsExactly("nodes", "edges", "mermaid");
		String queue = "queue:default:Consumer.voyeur.VirtualTopic.Clickstream";
		String deadLetters = "dead-letters:default:DLQ.Consumer.voyeur.VirtualTopic.Clickstream";
		assertThat(edges(topology)).contains("publisher:voyeur publishes destination:clickstream",
				"destination:clickstream routes " + queue,
				"destination:clickstream routes queue:default:Consumer.billing.VirtualTopic.Clickstream",
				queue + " consumes processor:clicks", "processor:clicks gives-up " + deadLetters,
				"publisher: publishes destination:the.orders", "destination:the.orders consumes processor:orders");
		assertThat(topology.get("nodes").findValuesAsString("id")).doesNotHaveDuplicates()
			.contains("destination:news", queue, deadLetters);
		assertThat(topology.get("mermaid").asString()).startsWith("flowchart LR\n")
			.contains("([\"voyeur\"])", "{{\"clicks\"}}", " -.-> ");
	}

	@Test
	void asyncApiDocumentKeepsToTheSchema() throws IOException {
		HttpResponse<String> response = send("/topology/asyncapi");
		String schema = Files.readString(Path.of("src/test/resources/asyncapi-3.0.0.json"));
		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
			.getSchema(schema)
			.validate(response.body(), InputFormat.JSON)).isEmpty();
		JsonNode document = this.mapper.readTree(response.body());
		assertThat(document.get("info").get("title").asString()).isEqualTo("voyeur");
		assertThat(document.get("info").get("version").asString()).isEqualTo("1.2.3");
		assertThat(document.get("servers").get("default").get("host").asString())
			.isEqualTo(this.broker.url().substring("tcp://".length()));
		JsonNode clicks = document.at("/channels/clickstream/messages/Click/payload");
		assertThat(clicks.at("/properties/page/type").asString()).isEqualTo("string");
		assertThat(clicks.at("/properties/at/title").asString()).isEqualTo("Instant");
		assertThat(clicks.at("/properties/positions/items/type").asString()).isEqualTo("integer");
		assertThat(document.at("/operations/receive-clicks/action").asString()).isEqualTo("receive");
		assertThat(document.at("/operations/send-clickstream/channel/$ref").asString())
			.isEqualTo("#/channels/clickstream");
		assertThat(document.at("/operations/receive-orders/channel/$ref").asString())
			.isEqualTo("#/channels/the.orders");
		assertThat(document.get("operations").has("send-news")).isFalse();
	}

	@Test
	void unknownInsightIsNotFound() {
		assertThat(send("/topology/raml").statusCode()).isEqualTo(404);
		assertThat(send("/doctors").statusCode()).isEqualTo(404);
	}

	private static List<String> edges(JsonNode topology) {
		return topology.get("edges")
			.valueStream()
			.map((edge) -> edge.get("from").asString() + " " + edge.get("kind").asString() + " "
					+ edge.get("to").asString())
			.toList();
	}

	private static List<String> names(JsonNode node) {
		return List.copyOf(node.propertyNames());
	}

	private JsonNode get(String path) {
		HttpResponse<String> response = send(path);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return this.mapper.readTree(response.body());
	}

	private HttpResponse<String> send(String path) {
		return Http.get(this.context, "/actuator/messaging" + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Clicks clicks() {
			return new Clicks();
		}

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	record Click(String page, Instant at, List<Integer> positions) {
	}

	static class Clicks {

		@SubscribesTo("clickstream")
		void onMessage(Message<Click> click) {
		}

	}

	static class Orders {

		@SubscribesTo("the.orders")
		void onMessage(String order) {
		}

	}

}
