package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.JMSException;
import org.activemessaging.MessagePublisher;
import org.activemessaging.OutboxRequiredException;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.observation.DeliveryMeters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message that comes more than once takes effect once: for each database.
 */
abstract class IdempotentScenarios {

	private static final String ENABLED = "messaging.processor.script.idempotent.enabled=true";

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
	void copiesThatComeAtOnceTakeEffectOnce() {
		Script script = new Script((message) -> {
			this.database.effect(message.getPayload());
			Flow.work(Duration.ofMillis(300));
		});
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		application(script).withBean(DeliveryMeters.class, () -> new DeliveryMeters(registry))
			.withPropertyValues("messaging.listener.concurrency=3", "messaging.listener.window=1")
			.run((context) -> {
				Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 3);
				String id = UUID.randomUUID().toString();
				for (int i = 0; i < 3; i++) {
					send("order", id);
				}
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(this.database.effects()).containsExactly("order");
				assertThat(script.calls()).hasSize(1);
				assertThat(this.database.processed()).containsExactly("voyeur/script " + id);
				assertThat(duplicates(context)).isEqualTo(2);
				assertThat(registry.get("messaging.duplicates").tag("processor", "script").counter().count())
					.isEqualTo(2);
				assertThat(this.broker.deadLetters()).isEmpty();
			});
	}

	@Test
	void workOfAFailedTryIsRolledBackAndItIsTriedAgain() {
		AtomicInteger tries = new AtomicInteger();
		Script script = new Script((message) -> {
			this.database.effect(message.getPayload());
			if (tries.incrementAndGet() <= 4) {
				throw new IllegalStateException("no");
			}
		});
		application(script).run((context) -> {
			send("order", "id-1");
			Flow.eventually().until(() -> script.completed().size() == 1);
			send("order", "id-1");
			Flow.eventually().until(() -> duplicates(context) == 1);
			assertThat(this.database.effects()).containsExactly("order");
			assertThat(script.calls()).hasSize(5);
		});
	}

	@Test
	void deadLetteredMessageIsNotTakenForProcessed() {
		AtomicInteger tries = new AtomicInteger();
		Script script = new Script((message) -> {
			if (tries.incrementAndGet() == 1) {
				throw new RejectMessageException("no");
			}
			this.database.effect(message.getPayload());
		});
		application(script).run((context) -> {
			send("order", "id-1");
			Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
			assertThat(this.database.processed()).isEmpty();
			send("order", "id-1");
			Flow.eventually().until(() -> this.database.effects().size() == 1);
		});
	}

	@Test
	void messagesOfAWindowHaveATransactionEach() {
		Script script = new Script((message) -> {
			this.database.effect(message.getPayload());
			if (message.getPayload().equals("5")) {
				throw new RejectMessageException("no");
			}
		});
		this.client.sendText(Flow.QUEUE, 0, 10);
		application(script).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.database.effects()).containsExactly("0", "1", "2", "3", "4", "6", "7", "8", "9");
			assertThat(this.broker.commits()).isLessThan(10);
		});
	}

	@Test
	void innerTransactionThatFailedIsNotForgotten() {
		AtomicInteger tries = new AtomicInteger();
		TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(this.database.dataSource()));
		Script script = new Script((message) -> {
			try {
				inner.executeWithoutResult((status) -> {
					this.database.effect(message.getPayload());
					if (tries.incrementAndGet() == 1) {
						throw new IllegalStateException("no");
					}
				});
			}
			catch (IllegalStateException ex) {
				// As an application might do.
			}
		});
		application(script).run((context) -> {
			send("order", "id-1");
			Flow.eventually().until(() -> this.database.effects().size() == 1);
			assertThat(script.calls()).hasSize(2);
		});
	}

	@Test
	void processorsAndGroupsAreIndependent() {
		String billing = "Consumer.billing.VirtualTopic.Events";
		String voyeur = "Consumer.voyeur.VirtualTopic.Events";
		application(Script.thatSucceeds()).withBean("observers", Observers.class, () -> new Observers(this.database))
			.withPropertyValues("messaging.destination.events.virtual-topic=Events",
					"messaging.processor.mail.idempotent.enabled=true")
			.run((context) -> {
				Flow.eventually()
					.until(() -> this.broker.consumers(billing) == 1 && this.broker.consumers(voyeur) == 2);
				// The two processors of a group share its copies in no order that is
				// promised.
				Flow.eventually().until(() -> {
					this.client.sendToTopic("VirtualTopic.Events", (session) -> message(session, "event", "id-1"));
					return this.database.processed().contains("voyeur/mail id-1")
							&& this.database.processed().contains("voyeur/statistics id-1");
				});
				Flow.eventually().until(() -> this.broker.depth(billing) == 0 && this.broker.depth(voyeur) == 0);
				assertThat(this.database.processed()).containsExactly("billing/audit id-1", "voyeur/mail id-1",
						"voyeur/statistics id-1");
				assertThat(this.database.effects()).containsExactly("audit", "mail", "statistics");
			});
	}

	@Test
	void keyMayBeAnExpression() {
		Script script = new Script((message) -> this.database.effect(message.getPayload()));
		application(script)
			.withPropertyValues(
					"messaging.processor.script.idempotent.key=(headers.tenant ?: 'none') + ':' + payload.order['id']")
			.run((context) -> {
				send("{\"order\":{\"id\":7},\"copy\":1}", "id-1");
				send("{\"order\":{\"id\":7},\"copy\":2}", "id-2");
				send("{\"order\":{\"id\":8},\"copy\":1}", "id-1");
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(this.database.processed()).containsExactly("voyeur/script none:7", "voyeur/script none:8");
				assertThat(this.database.effects()).hasSize(2);
				assertThat(duplicates(context)).isOne();
			});
	}

	@Test
	void messageWithoutItsKeyIsADeadLetterAtOnce() {
		Script script = Script.thatSucceeds();
		application(script)
			.withPropertyValues("messaging.processor.script.idempotent.key=headers['order'] ?: payload.id")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "no JSON", "{\"id\":null}", "{}");
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 3);
				assertThat(script.calls()).isEmpty();
				assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_exception_message"))
					.contains("headers['order'] ?: payload.id");
			});
	}

	@Test
	void messageOfSomebodyElseIsKnownByItsFirstIdAlsoAfterADelay() {
		AtomicInteger tries = new AtomicInteger();
		Script script = new Script((message) -> {
			if (tries.incrementAndGet() == 1) {
				throw new IllegalStateException("no");
			}
		});
		application(script).withPropertyValues("messaging.listener.redelivery.immediate=0").run((context) -> {
			String id = this.client.send(Flow.QUEUE, (session) -> session.createTextMessage("order")).getJMSMessageID();
			Flow.eventually().until(() -> script.completed().size() == 1);
			Flow.eventually()
				.untilAsserted(() -> assertThat(this.database.processed()).containsExactly("voyeur/script " + id));
			assertThat(script.calls()).hasSize(2);
		});
	}

	@Test
	void keysThatDifferInCaseOrBlanksAreDifferentAndLongOnesFit() {
		Script script = new Script((message) -> this.database.effect(message.getPayload()));
		List<String> ids = List.of("a", "A", "a ", " a", "ä", "Ä", "x".repeat(255), "x".repeat(256), "x".repeat(257));
		application(script).run((context) -> {
			for (int copy = 0; copy < 2; copy++) {
				for (int i = 0; i < ids.size(); i++) {
					send("order-" + i, ids.get(i));
				}
			}
			Flow.eventually().until(() -> duplicates(context) == ids.size());
			assertThat(this.database.effects())
				.containsExactlyElementsOf(IntStream.range(0, ids.size()).mapToObj((i) -> "order-" + i).toList());
		});
	}

	@Test
	void publishWithoutAnOutboxIsRefused() {
		AtomicInteger refused = new AtomicInteger();
		application(Script.thatSucceeds()).withBean("forwarder", Forwarder.class)
			.withBean("refused", AtomicInteger.class, () -> refused)
			.withPropertyValues("messaging.destination.input.queue=Input")
			.run((context) -> {
				this.client.sendText("Input", "order");
				Flow.eventually().until(() -> refused.get() > 0);
				assertThat(context.getBean(Forwarder.class).failure).hasMessageContaining("'messaging.outbox.enabled'")
					.hasMessageContaining("'voyeur/forwarder'");
				assertThat(this.broker.depth(Flow.QUEUE)).isZero();
				context.getBean(MessagePublisher.class).publish("orders", "from outside");
			});
	}

	@Test
	void rowsAreDeletedAfterTheirRetention() {
		application(Script.thatSucceeds())
			.withPropertyValues("messaging.idempotent.retention=1h", "messaging.idempotent.cleanup-interval=500ms")
			.run((context) -> {
				long old = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1) - 1;
				List<Object[]> rows = IntStream.range(0, 2500)
					.mapToObj((i) -> new Object[] { "x", "k" + i, old })
					.toList();
				String insert = "INSERT INTO MESSAGING_PROCESSED (PROCESSOR, MESSAGE_KEY, PROCESSED_AT) VALUES (?, ?, ?)";
				this.database.jdbc().update(insert, "x", "young", old + TimeUnit.MINUTES.toMillis(1));
				this.database.jdbc().batchUpdate(insert, rows);
				send("order", "id-1");
				Flow.eventually()
					.untilAsserted(() -> assertThat(this.database.processed()).containsExactly("voyeur/script id-1",
							"x young"));
			});
	}

	@Test
	void severalInstancesMayCleanUpAtOnce() {
		ApplicationContextRunner runner = application(Script.thatSucceeds())
			.withPropertyValues("messaging.idempotent.retention=1h", "messaging.idempotent.cleanup-interval=1ms");
		runner.run((first) -> runner.run((second) -> {
			String insert = "INSERT INTO MESSAGING_PROCESSED (PROCESSOR, MESSAGE_KEY, PROCESSED_AT) VALUES (?, ?, ?)";
			this.database.jdbc()
				.batchUpdate(insert,
						IntStream.range(0, 5000).mapToObj((i) -> new Object[] { "x", "k" + i, 1L }).toList());
			Flow.eventually().until(() -> this.database.processed().isEmpty());
		}));
	}

	private ApplicationContextRunner application(Script script) {
		return Flow.application(this.broker.url(), script)
			.withConfiguration(AutoConfigurations.of(MessagingJdbcAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withInitializer(
					(context) -> context.getBeanFactory().registerSingleton("dataSource", this.database.dataSource()))
			.withPropertyValues("messaging.jdbc.initialize-schema=always", ENABLED);
	}

	private void send(String text, String id) {
		this.client.send(Flow.QUEUE, (session) -> message(session, text, id));
	}

	private static jakarta.jms.Message message(jakarta.jms.Session session, String text, String id)
			throws JMSException {
		jakarta.jms.Message message = session.createTextMessage(text);
		message.setStringProperty("am_id", id);
		return message;
	}

	private static long duplicates(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).report("script").duplicates();
	}

	@Processor
	static class Observers {

		private final Database database;

		Observers(Database database) {
			this.database = database;
		}

		@SubscribesTo(value = "events", id = "audit", group = "billing", idempotent = "true")
		void audit(String text) {
			this.database.effect("audit");
		}

		@SubscribesTo(value = "events", id = "mail")
		void mail(String text) {
			this.database.effect("mail");
		}

		@SubscribesTo(value = "events", id = "statistics", idempotent = "true")
		void count(String text) {
			this.database.effect("statistics");
		}

	}

	@Processor
	static class Forwarder {

		private final MessagePublisher publisher;

		private final AtomicInteger refused;

		private volatile RuntimeException failure;

		Forwarder(MessagePublisher publisher, AtomicInteger refused) {
			this.publisher = publisher;
			this.refused = refused;
		}

		@SubscribesTo(value = "input", id = "forwarder", idempotent = "true")
		void onMessage(String text) {
			try {
				this.publisher.publish("orders", text);
			}
			catch (OutboxRequiredException ex) {
				this.failure = ex;
				this.refused.incrementAndGet();
			}
		}

	}

}
