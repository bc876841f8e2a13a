package org.activemessaging.flow;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator may change, over HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointOperationsTests {

	private TestBroker broker;

	private ConfigurableApplicationContext context;

	private EndpointClient endpoint;

	private PlainClient client;

	@BeforeAll
	void start() throws Exception {
		this.broker = TestBroker.start();
		this.client = this.broker.client();
		this.context = start("--management.endpoint.messaging.access=unrestricted",
				"--messaging.operations.control.enabled=true", "--messaging.operations.purge.enabled=true",
				"--messaging.operations.redrive.enabled=true", "--messaging.operations.move.enabled=true",
				"--messaging.operations.payload.enabled=true", "--messaging.operations.payload.masks=card \\d+");
		this.endpoint = new EndpointClient(this.context);
	}

	private ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new CopyOnWriteArrayList<>(List.of(Flow.FAST));
		all.replaceAll((property) -> "--" + property);
		all.addAll(List.of("--server.port=0", "--spring.application.name=voyeur", "--spring.application.version=1.2.3",
				"--spring.main.banner-mode=off", "--management.endpoints.web.exposure.include=*",
				"--messaging.broker.default.adapter=activemq", "--messaging.broker.default.url=" + this.broker.url(),
				"--messaging.destination.orders.queue=Orders", "--messaging.destination.spare.queue=Spare",
				"--messaging.destination.news.topic=News", "--messaging.destination.clicks.virtual-topic=Clicks",
				"--messaging.destination.clicks.groups=a,b", "--messaging.processor-group.sales=orders",
				"--messaging.listener.redelivery.immediate=0", "--messaging.listener.redelivery.delayed=0"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(Application.class).run(all.toArray(String[]::new));
	}

	@BeforeEach
	void runAgain() {
		this.endpoint.post("processors/orders", "{'state': 'running', 'concurrency': '1'}");
		Flow.eventually().until(() -> state().equals("RUNNING"));
		events().clear();
	}

	@AfterAll
	void stop() throws Exception {
		this.context.close();
		this.client.close();
		this.broker.close();
	}

	@Test
	void pausedProcessorTakesNoMessageAndIsNotDown() {
		JsonNode paused = this.endpoint.post("processors/orders", "{'state': 'paused'}");
		assertThat(paused.get("state").asString()).isEqualTo("PAUSED");
		assertThat(paused.get("pausedBy").get(0).asString()).isEqualTo("operator");
		publish("orders", "while paused");
		Flow.throughout(Duration.ofMillis(500)).until(() -> !processors().done.contains("while paused"));
		assertThat(this.endpoint.get("processors/orders").get("state").asString()).isEqualTo("PAUSED");
		assertThat(this.context.getBean("messagingHealthContributor", CompositeHealthContributor.class)
			.getContributor("default")).extracting((part) -> ((HealthIndicator) part).health().getStatus())
			.isEqualTo(Status.UP);
		this.endpoint.post("processors/orders", "{'state': 'running'}");
		Flow.eventually().until(() -> processors().done.contains("while paused"));
		assertThat(events()).extracting(AuditEvent::getType).contains("MESSAGING_CONTROL");
		assertThat(events().get(0).getData()).containsEntry("processor", "orders").containsEntry("state", "PAUSED");
	}

	@Test
	void stoppedProcessorStartsAgain() {
		this.endpoint.post("processor-groups/sales", "{'state': 'stopped'}");
		Flow.eventually().until(() -> state().equals("STOPPED"));
		publish("orders", "while stopped");
		this.endpoint.post("processor-groups/sales", "{'state': 'running'}");
		Flow.eventually().until(() -> processors().done.contains("while stopped"));
	}

	@Test
	void concurrencyIsChangedAtRunTime() {
		JsonNode changed = this.endpoint.post("processors/orders", "{'concurrency': '3-5'}").get("concurrency");
		assertThat(changed.get("min").asInt()).isEqualTo(3);
		assertThat(changed.get("max").asInt()).isEqualTo(5);
		Flow.eventually().until(() -> concurrency("active") == 3);
		this.endpoint.post("processors/orders", "{'concurrency': 1}");
		Flow.eventually().until(() -> concurrency("active") == 1);
	}

	@Test
	void messagesAreShownAsFarAsTheyMayBeSeen() {
		this.context.getBean(MessagePublisher.class)
			.to("spare")
			.header("api_token", "xyzzy-canary-token")
			.header("note", "password=xyzzy-canary-word")
			.publish("paid by card 4711");
		JsonNode shown = this.endpoint.get("destinations/spare/messages?payload=true&limit=1");
		assertThat(shown.get("how").asString()).isEqualTo("native");
		JsonNode message = shown.get("messages").get(0);
		assertThat(message.get("payload").asString()).isEqualTo("paid by ***");
		assertThat(message.get("headers").get("api_token").asString()).isEqualTo("***");
		assertThat(message.get("type").asString()).isEqualTo("text");
		assertThat(shown.toString()).doesNotContain("canary");
		JsonNode without = this.endpoint.get("destinations/spare/messages").get("messages").get(0);
		assertThat(without.get("payload").isNull()).isTrue();
		assertThat(without.get("payloadHidden").asString()).isEqualTo("not asked for");
		this.client.drain("Spare");
	}

	@Test
	void purgeIsToldBeforehandDoneAndTakenBack() {
		publish("spare", "1", "2", "3");
		Flow.eventually().until(() -> queue("spare").get("depth").asLong() == 3);
		JsonNode plan = this.endpoint.operate("destinations/spare/purge", "{'dryRun': true}");
		assertThat(plan.get("state").asString()).isEqualTo("DRY_RUN");
		assertThat(plan.get("matched").asLong()).isEqualTo(3);
		assertThat(plan.get("target").asString()).isEqualTo("TRASH.Spare");
		assertThat(this.client.browse("Spare")).hasSize(3);
		JsonNode receipt = this.endpoint.operate("destinations/spare/purge", "{}");
		assertThat(receipt.get("state").asString()).isEqualTo("DONE");
		assertThat(receipt.get("removed").asLong()).isEqualTo(3);
		assertThat(receipt.get("moved").asLong()).isEqualTo(3);
		assertThat(receipt.get("undoable").asBoolean()).isTrue();
		assertThat(this.client.browse("Spare")).isEmpty();
		assertThat(this.client.browse("TRASH.Spare")).hasSize(3);
		JsonNode undo = this.endpoint.operate("operations/" + receipt.get("id").asString() + "/undo", "{}");
		assertThat(undo.get("moved").asLong()).isEqualTo(3);
		assertThat(this.client.browse("Spare")).hasSize(3);
		assertThat(this.client.browse("TRASH.Spare")).isEmpty();
		this.endpoint.post("operations/" + receipt.get("id").asString() + "/undo", "{}", 409);
		assertThat(events()).extracting(AuditEvent::getType).contains("MESSAGING_PURGE", "MESSAGING_UNDO");
		AuditEvent last = events().stream()
			.filter((event) -> event.getType().equals("MESSAGING_PURGE"))
			.reduce((one, other) -> other)
			.orElseThrow();
		assertThat(last.getData()).containsEntry("removed", 3L).containsEntry("queue", "Spare");
		this.endpoint.operate("destinations/spare/purge", "{'destroy': true}");
		assertThat(this.client.browse("Spare")).isEmpty();
		assertThat(this.client.browse("TRASH.Spare")).isEmpty();
	}

	@Test
	void onlyWhatIsSelectedIsMoved() {
		MessagePublisher publisher = this.context.getBean(MessagePublisher.class);
		for (int i = 0; i < 6; i++) {
			publisher.to("spare").header("tenant", (i % 2 == 0) ? "eu" : "us").publish(String.valueOf(i));
		}
		JsonNode moved = this.endpoint.operate("destinations/spare/move", "{'to': 'clicks', 'header': 'tenant=eu'}");
		assertThat(moved.get("moved").asLong()).isEqualTo(3);
		assertThat(this.client.browse("Spare")).hasSize(3);
		assertThat(this.client.browse("Consumer.a.VirtualTopic.Clicks")).hasSize(3);
		assertThat(this.client.browse("Consumer.b.VirtualTopic.Clicks")).hasSize(3);
		this.endpoint.operate("destinations/spare/purge", "{'destroy': true}");
		this.endpoint.operate("destinations/clicks/purge", "{'destroy': true, 'group': 'a'}");
	}

	@Test
	void deadLettersAreGroupedByCause() {
		publish("orders", "bad", "bad", "worse");
		Flow.eventually().until(() -> this.client.browse(Flow.DEAD_LETTERS).size() == 3);
		JsonNode dead = this.endpoint.get("destinations/orders/dead-letters?payload=true");
		assertThat(dead.get("looked").asInt()).isEqualTo(3);
		assertThat(dead.get("causes")).hasSize(2);
		JsonNode cause = dead.get("causes").get(0);
		assertThat(cause.get("count").asInt()).isEqualTo(2);
		assertThat(cause.get("exception").asString()).isEqualTo(RejectMessageException.class.getName());
		assertThat(cause.get("frames").get(0).asString()).contains("EndpointOperationsTests$Processors.onOrder");
		assertThat(cause.get("applicationVersions").get(0).asString()).isEqualTo("1.2.3");
		assertThat(cause.get("processor").asString()).isEqualTo("orders");
		JsonNode one = this.endpoint
			.get("destinations/orders/dead-letters?cause=" + cause.get("fingerprint").asString());
		assertThat(one.get("messages")).hasSize(2);
		assertThat(one.get("causes")).hasSize(2);
		assertThat(one.get("messages").get(0).get("stack").asString()).contains("onOrder");
		String id = one.get("messages").get(0).get("id").asString();
		processors().mended = true;
		JsonNode redriven = this.endpoint.operate("destinations/orders/redrive", "{'id': '" + id + "'}");
		assertThat(redriven.get("moved").asLong()).isOne();
		Flow.eventually()
			.until(() -> this.endpoint.get("operations/" + redriven.get("id").asString())
				.get("outcome")
				.get("succeeded")
				.asLong() == 1);
		assertThat(this.client.browse(Flow.DEAD_LETTERS)).hasSize(2);
		processors().mended = false;
		this.client.drain(Flow.DEAD_LETTERS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			processors/orders            | {'state': 'asleep'}                  | running
			processors/orders            | {'concurrency': '5-2'}               | range
			processors/orders            | {}                                   | state
			processors/orders            | {'stat': 'paused'}                   | concurrency
			destinations/spare/purge     | {'limit': 0}                         | from 1
			destinations/spare/purge     | {'dryRun': 'perhaps'}                | true or false
			destinations/spare/purge     | {'olderthan': 'PT1H'}                | olderThan
			destinations/spare/purge     | {'olderThan': '1 hour'}              | PT1H
			destinations/spare/purge     | {'header': 'tenant'}                 | name=value
			destinations/spare/purge     | {'header': 'a b=c'}                  | header
			destinations/spare/move      | {}                                   | to
			destinations/spare/move      | {'to': 'orders', 'from': 'elsewhere'} | dead-letters
			destinations/orders/redrive  | {'maxFailureRatio': 2}               | 0 to 1
			destinations/orders/redrive  | {'rate': 'fast'}                     | 50/s
			destinations/orders/redrive  | {'stages': '0'}                      | 1,10,100
			destinations/clicks/purge    | {}                                   | group
			destinations/news/purge      | {}                                   | topic
			""")
	void badBodyIsRefusedAndSaysWhatIsAllowed(String path, String body, String allowed) {
		assertThat(this.endpoint.post(path, body, 400).get("error").asString()).contains(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "{'where': {'id': 'x'}}", "{'stages': [1]}" })
	void bodyThatCannotBeReadIsRefused(String body) {
		assertThat(this.endpoint.send("POST", "destinations/spare/purge", body.replace('\'', '"')).statusCode())
			.isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "processors/none,orders", "processor-groups/none,sales", "destinations/none/purge,spare",
			"destinations/spare/burn,purge", "operations/none/undo,", "queues/x,processors" })
	void unknownNameIsNotFoundAndTheKnownAreNamed(String path, String known) {
		JsonNode problem = this.endpoint.post(path, path.startsWith("processor") ? "{'state': 'paused'}" : "{}", 404);
		assertThat(problem.get("error").asString()).isNotBlank();
		assertThat(problem.get("known").toString()).contains((known != null) ? known : "[");
	}

	@Test
	void whatIsSwitchedOffIsForbidden() {
		JsonNode problem = this.endpoint.post("destinations/orders/discard", "{}", 403);
		assertThat(problem.get("error").asString()).contains("messaging.operations.discard.enabled");
	}

	@Test
	void movingToAnotherQueueThatIsNotDeclaredIsNotFound() {
		this.endpoint.post("destinations/spare/move", "{'to': 'ActiveMQ.DLQ'}", 404);
	}

	@Test
	void impossibleIsSaidBeforehand() {
		JsonNode plan = this.endpoint.operate("destinations/spare/move", "{'to': 'news', 'dryRun': true}");
		assertThat(plan.get("how").asString()).isEqualTo("impossible");
		assertThat(plan.get("why").asString()).contains("topic");
		this.endpoint.post("destinations/spare/move", "{'to': 'news'}", 409);
	}

	@Test
	void nothingCanBeWrittenByDefault() {
		try (ConfigurableApplicationContext other = start("--messaging.operations.purge.enabled=true")) {
			EndpointClient client = new EndpointClient(other);
			assertThat(client.send("POST", "destinations/spare/purge", "{}").statusCode()).isIn(404, 405);
			assertThat(client.send("POST", "processors/orders", "{\"state\":\"paused\"}").statusCode()).isIn(404, 405);
			client.get("destinations/spare/messages");
		}
	}

	private void publish(String destination, String... texts) {
		for (String text : texts) {
			this.context.getBean(MessagePublisher.class).publish(destination, text);
		}
	}

	private String state() {
		return this.endpoint.get("processors/orders").get("state").asString();
	}

	private int concurrency(String name) {
		return this.endpoint.get("processors/orders").get("concurrency").get(name).asInt();
	}

	private JsonNode queue(String destination) {
		return this.endpoint.get("destinations/" + destination).get("queues").get(0);
	}

	private Processors processors() {
		return this.context.getBean(Processors.class);
	}

	private List<AuditEvent> events() {
		return this.context.getBean(Audits.class).events;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Processors processors() {
			return new Processors();
		}

		@Bean
		Audits audits() {
			return new Audits();
		}

	}

	static class Audits {

		private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(AuditApplicationEvent event) {
			if (event.getAuditEvent().getType().startsWith("MESSAGING")) {
				this.events.add(event.getAuditEvent());
			}
		}

	}

	static class Processors {

		private final List<String> done = new CopyOnWriteArrayList<>();

		private volatile boolean mended;

		@SubscribesTo(value = "orders", id = "orders")
		void onOrder(String order) {
			if (!this.mended && order.equals("bad")) {
				throw new RejectMessageException("bad order");
			}
			if (order.equals("worse")) {
				throw new IllegalStateException("worse order", new IOException("disk"));
			}
			this.done.add(order);
		}

	}

}
