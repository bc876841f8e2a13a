package org.activemessaging.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.activemessaging.observation.MessagingGauges;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.OutboxView;
import org.activemessaging.outbox.OutboxRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is published in a database transaction leaves after its commit, or not at all: for
 * each database.
 */
abstract class OutboxScenarios {

	private Database database;

	private TestBroker broker;

	private PlainClient client;

	abstract Database open();

	@BeforeEach
	void start() {
		this.database = open();
		this.broker = TestBroker.start();
		this.client = this.broker.client();
	}

	@AfterEach
	void stop() {
		if (this.client != null) {
			this.client.close();
			this.broker.close();
			this.database.close();
		}
	}

	@Test
	void rollbackSendsNothing() {
		application().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			transaction(context).executeWithoutResult((status) -> {
				publisher.publish("orders", "never");
				status.setRollbackOnly();
			});
			transaction(context).executeWithoutResult((status) -> publisher.publish("orders", "order"));
			assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo("order");
			Flow.eventually().until(() -> rows() == 0);
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void nothingLeavesBeforeTheCommit() {
		application().withPropertyValues("messaging.outbox.poll-interval=10ms").run((context) -> {
			transaction(context).executeWithoutResult((status) -> {
				context.getBean(MessagePublisher.class).publish("orders", "order");
				Flow.throughout(Duration.ofMillis(500)).until(() -> this.broker.depth(Flow.QUEUE) == 0);
			});
			assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo("order");
		});
	}

	@Test
	void commitSendsInOrderAndAtOnceOnTheSameInstance() {
		application().withPropertyValues("messaging.outbox.poll-interval=1h").run((context) -> {
			Flow.eventually().until(() -> !views(context).isEmpty());
			for (int i = 0; i < 10; i++) {
				int hundreds = i * 100;
				transaction(context).executeWithoutResult((status) -> {
					for (int j = 0; j < 100; j++) {
						context.getBean(MessagePublisher.class).publish("orders", String.valueOf(hundreds + j));
					}
				});
			}
			Flow.eventually().until(() -> rows() == 0);
			assertThat(this.client.drainTexts(Flow.QUEUE))
				.containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
		});
	}

	@Test
	void messageIsTheSameAsIfItHadBeenSentDirectly() {
		application().run((context) -> {
			byte[] bytes = { 0, (byte) 0xff, 10 };
			Runnable publish = () -> context.getBean(MessagePublisher.class)
				.to("orders")
				.headers(Map.of("text", "ä€", "flag", true, "b", (byte) 1, "s", (short) 2, "i", 3, "l", 4L, "f", 1.5f,
						"d", 2.5))
				.header("am_id", "id-1")
				.group("g")
				.priority(7)
				.persistent(false)
				.correlationId("c")
				.timeToLive(Duration.ofMinutes(10))
				.publish(bytes);
			publish.run();
			transaction(context).executeWithoutResult((status) -> publish.run());
			Message direct = this.client.receive(Flow.QUEUE);
			Message relayed = this.client.receive(Flow.QUEUE);
			assertThat(properties(relayed)).isEqualTo(properties(direct)).containsEntry("s", (short) 2);
			assertThat(PlainClient.bytes(relayed)).isEqualTo(bytes);
			assertThat(relayed.getJMSCorrelationID()).isEqualTo("c");
			assertThat(relayed.getJMSPriority()).isEqualTo(7);
			assertThat(relayed.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
			assertThat(relayed.getJMSExpiration() - System.currentTimeMillis()).isBetween(500_000L, 600_000L);
		});
	}

	@Test
	void largeTextsFit() {
		String text = "ü".repeat(300_000);
		application().run((context) -> {
			transaction(context)
				.executeWithoutResult((status) -> context.getBean(MessagePublisher.class).publish("orders", text));
			assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo(text);
		});
	}

	@Test
	void whatIsWrongIsSaidAtOnceAndNotStored() {
		application().run((context) -> {
			transaction(context).executeWithoutResult((status) -> assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(MessagePublisher.class)
					.to("orders")
					.contentType("text/csv")
					.publish(List.of(1)))
				.withMessageContaining("text/csv"));
			assertThat(rows()).isZero();
		});
	}

	@Test
	void publishOutsideOfATransactionOrInAReadOnlyOneGoesDirectly() {
		application().run((context) -> {
			context.getBean(OutboxRelay.class).stop();
			context.getBean(MessagePublisher.class).publish("orders", "direct");
			TransactionTemplate readOnly = transaction(context);
			readOnly.setReadOnly(true);
			readOnly
				.executeWithoutResult((status) -> context.getBean(MessagePublisher.class).publish("orders", "read"));
			assertThat(this.client.drainTexts(Flow.QUEUE)).containsExactly("direct", "read");
			assertThat(rows()).isZero();
		});
	}

	@Test
	void brokerMayBeDownForAWhileAndTheBacklogIsSeen() {
		int port = BrokerProcess.freePort();
		application().withPropertyValues("messaging.broker.jobs.adapter=activemq",
				"messaging.broker.jobs.url=tcp://localhost:" + port, "messaging.broker.jobs.publisher.timeout=500ms",
				"messaging.broker.jobs.reconnect.initial-delay=50ms", "messaging.broker.jobs.reconnect.max-delay=200ms",
				"messaging.default-broker=default", "messaging.destination.encode.queue=Encode",
				"messaging.destination.encode.broker=jobs")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 20; i++) {
					String text = String.valueOf(i);
					transaction(context).executeWithoutResult((status) -> {
						publisher.publish("encode", text);
						publisher.publish("orders", text);
					});
				}
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 20);
				Flow.eventually().untilAsserted(() -> {
					assertThat(view(context, "jobs").pending()).isEqualTo(20);
					assertThat(view(context, "jobs").oldestAge()).isPositive();
					assertThat(view(context, "default").pending()).isZero();
					assertThat(view(context, "default").oldestAge()).isNull();
				});
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				new MessagingGauges(context.getBean(MessagingOperations.class)).bindTo(registry);
				assertThat(registry.get("messaging.outbox.depth").tag("broker", "jobs").gauge().value()).isEqualTo(20);
				assertThat(registry.get("messaging.outbox.failed").tag("broker", "jobs").gauge().value()).isZero();
				try (TestBroker jobs = TestBroker.startOn(port); PlainClient client = jobs.client()) {
					Flow.eventually().until(() -> rows() == 0);
					assertThat(client.drainTexts("Encode"))
						.containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
				}
				Flow.eventually().until(() -> view(context, "jobs").pending() == 0);
			});
	}

	@Test
	void messageToAnUnknownDestinationIsParkedUntilSomebodyKnowsIt() {
		application().withPropertyValues("messaging.destination.gone.queue=Gone").run((context) -> {
			context.getBean(OutboxRelay.class).stop();
			transaction(context).executeWithoutResult((status) -> {
				context.getBean(MessagePublisher.class).publish("gone", "first");
				context.getBean(MessagePublisher.class).publish("orders", "second");
			});
		});
		application().run((context) -> {
			assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo("second");
			Flow.eventually().untilAsserted(() -> {
				OutboxView view = view(context, "default");
				assertThat(view.failed()).isOne();
				assertThat(view.pending()).isZero();
				assertThat(view.lastFailure()).contains("unknown-destination", "'gone'");
			});
		});
		application().withPropertyValues("messaging.destination.gone.queue=Gone")
			.run((context) -> assertThat(text(this.client.receive("Gone"))).isEqualTo("first"));
	}

	@Test
	void messageForABrokerThatIsGoneIsParkedAndFollowsItsDestination() {
		application()
			.withPropertyValues("messaging.broker.old.adapter=activemq", "messaging.broker.old.url=tcp://localhost:1",
					"messaging.default-broker=default", "messaging.destination.moved.queue=Moved",
					"messaging.destination.moved.broker=old")
			.run((context) -> {
				context.getBean(OutboxRelay.class).stop();
				transaction(context)
					.executeWithoutResult((status) -> context.getBean(MessagePublisher.class).publish("moved", "text"));
			});
		application().run((context) -> Flow.eventually().untilAsserted(() -> {
			assertThat(view(context, "old").failed()).isOne();
			assertThat(view(context, "old").lastFailure()).contains("'old'");
		}));
		application().withPropertyValues("messaging.destination.moved.queue=Moved")
			.run((context) -> assertThat(text(this.client.receive("Moved"))).isEqualTo("text"));
	}

	@Test
	void applicationsThatShareADatabaseLeaveEachOtherAlone() {
		application().run((voyeur) -> {
			voyeur.getBean(OutboxRelay.class).stop();
			transaction(voyeur).executeWithoutResult(
					(status) -> voyeur.getBean(MessagePublisher.class).publish("orders", "of voyeur"));
			application().withPropertyValues("spring.application.name=billing").run((billing) -> {
				transaction(billing).executeWithoutResult(
						(status) -> billing.getBean(MessagePublisher.class).publish("orders", "of billing"));
				assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo("of billing");
				Flow.eventually().until(() -> !views(billing).isEmpty() && view(billing, "default").pending() == 0);
			});
			assertThat(rows()).isOne();
		});
	}

	@Test
	void oneOfTwoInstancesRelaysAndTheOtherTakesOverAtOnceWhenItStops() {
		application().withPropertyValues("messaging.outbox.lease=1h", "messaging.outbox.poll-interval=50ms")
			.run((first) -> {
				Flow.eventually().until(() -> owner() != null && !owner().equals("nobody"));
				String owner = owner();
				application().withPropertyValues("messaging.outbox.lease=1h", "messaging.outbox.poll-interval=50ms")
					.run((second) -> {
						transaction(second).executeWithoutResult(
								(status) -> second.getBean(MessagePublisher.class).publish("orders", "one"));
						assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo("one");
						assertThat(owner()).isEqualTo(owner);
						first.getBean(OutboxRelay.class).stop();
						transaction(second).executeWithoutResult(
								(status) -> second.getBean(MessagePublisher.class).publish("orders", "two"));
						assertThat(text(this.client.receive(Flow.QUEUE))).isEqualTo("two");
						assertThat(owner()).isNotEqualTo(owner);
					});
			});
	}

	@Test
	void idempotentProcessorPublishesThroughTheOutboxOrNotAtAll() {
		AtomicInteger tries = new AtomicInteger();
		application().withBean(Forwarder.class, () -> new Forwarder(this.database, tries))
			.withPropertyValues("messaging.destination.input.queue=Input")
			.run((context) -> {
				for (int copy = 0; copy < 3; copy++) {
					this.client.send("Input", (session) -> {
						Message message = session.createTextMessage("order");
						message.setStringProperty("am_id", "id-1");
						return message;
					});
				}
				Flow.eventually().until(() -> this.broker.depth("Input") == 0 && rows() == 0);
				assertThat(this.client.drainTexts(Flow.QUEUE)).containsExactly("order");
				assertThat(this.database.effects()).containsExactly("order");
				assertThat(tries).hasValue(2);
			});
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url())
			.withConfiguration(AutoConfigurations.of(MessagingJdbcAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withInitializer(
					(context) -> context.getBeanFactory().registerSingleton("dataSource", this.database.dataSource()))
			.withPropertyValues("messaging.jdbc.initialize-schema=always", "messaging.outbox.enabled=true");
	}

	private static TransactionTemplate transaction(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	// Not there before the first sample.
	private static OutboxView view(ApplicationContext context, String broker) {
		assertThat(views(context)).containsKey(broker);
		return views(context).get(broker);
	}

	private static Map<String, OutboxView> views(ApplicationContext context) {
		return context.getBean(MessagingOperations.class).view().outbox();
	}

	private long rows() {
		Long count = this.database.jdbc().queryForObject("SELECT COUNT(*) FROM MESSAGING_OUTBOX", Long.class);
		return (count != null) ? count : -1;
	}

	private String owner() {
		return this.database.jdbc()
			.queryForList("SELECT OWNER FROM MESSAGING_LEASE", String.class)
			.stream()
			.findFirst()
			.orElse(null);
	}

	private static String text(Message message) throws JMSException {
		return message.getBody(String.class);
	}

	private static Map<String, Object> properties(Message message) throws JMSException {
		Map<String, Object> properties = new TreeMap<>();
		List<String> names = new ArrayList<>();
		message.getPropertyNames().asIterator().forEachRemaining((name) -> names.add(name.toString()));
		for (String name : names) {
			properties.put(name, message.getObjectProperty(name));
		}
		return properties;
	}

	@Processor
	static class Forwarder {

		private final Database database;

		private final AtomicInteger tries;

		private MessagePublisher publisher;

		Forwarder(Database database, AtomicInteger tries) {
			this.database = database;
			this.tries = tries;
		}

		@Autowired
		void setPublisher(MessagePublisher publisher) {
			this.publisher = publisher;
		}

		@SubscribesTo(value = "input", id = "forwarder", idempotent = "true")
		void onMessage(String text) {
			this.database.effect(text);
			this.publisher.publish("orders", text);
			if (this.tries.incrementAndGet() == 1) {
				throw new IllegalStateException("no");
			}
		}

	}

}
