package org.activemessaging.flow;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.JMSException;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.ReceiveException;
import org.activemessaging.RejectMessageException;
import org.activemessaging.fault.FaultProxy;
import org.activemessaging.filter.MessageFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * One message at a time, for who asks for it.
 */
class ReceiveFlowTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(200);

	private TestBroker broker;

	@BeforeEach
	void startBroker() {
		this.broker = TestBroker.start();
	}

	@AfterEach
	void stopBroker() {
		this.broker.close();
	}

	@Test
	void payloadIsConvertedAndHeadersCome() {
		run((receiver, publisher) -> {
			publisher.publish("orders", Map.of("number", 7), Map.of("colour", "red"));
			Message<Order> received = receiver.receive("orders", LONG, Order.class).orElseThrow();
			assertThat(received.getPayload()).isEqualTo(new Order(7));
			assertThat(received.getHeaders()).containsEntry("colour", "red").containsKey(MessagingHeaders.ID);
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void messageThatComesMeanwhileEndsTheWait() {
		run((receiver, publisher) -> {
			CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
					() -> receiver.receive("orders", LONG, String.class).orElseThrow().getPayload(),
					ReceiveFlowTests::onThreadOfItsOwn);
			Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 1);
			publisher.publish("orders", "late");
			assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("late");
		});
	}

	@Test
	void nothingIsHeldWhenNobodyReceives() {
		run((receiver, publisher) -> {
			for (int i = 0; i < 5; i++) {
				publisher.publish("orders", String.valueOf(i));
			}
			receiver.receive("orders", LONG, String.class);
			Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 0);
			assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(4);
			assertThat(this.broker.handedOut(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void connectionIsUsedAgain() {
		run((receiver, publisher) -> {
			publisher.publish("orders", "first");
			receiver.receive("orders", LONG, String.class);
			long before = this.broker.totalConnections();
			for (int i = 0; i < 10; i++) {
				publisher.publish("orders", String.valueOf(i));
				assertThat(receiver.receive("orders", LONG, String.class)).isPresent();
			}
			assertThat(this.broker.totalConnections()).isEqualTo(before);
		});
	}

	@Test
	void rejectedMessageIsADeadLetterAtOnce() {
		run((receiver, publisher) -> {
			publisher.publish("orders", "bad");
			assertThatExceptionOfType(RejectMessageException.class)
				.isThrownBy(() -> receiver.receive("orders", LONG, String.class, (message) -> {
					throw new RejectMessageException("never");
				}));
			assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isEqualTo(1);
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void messageThatFailsAgainAndAgainEndsInTheDeadLetters() {
		run((receiver, publisher) -> {
			publisher.publish("orders", "bad");
			for (int i = 1; i <= 4; i++) {
				assertThat(this.broker.depth(Flow.DEAD_LETTERS)).as("before try " + i).isZero();
				assertThatExceptionOfType(IOException.class)
					.isThrownBy(() -> receiver.receive("orders", LONG, String.class, (message) -> {
						throw new IOException("no");
					}));
			}
			assertThat(receiver.receive("orders", SHORT, String.class)).isEmpty();
			try (PlainClient client = this.broker.client()) {
				jakarta.jms.Message letter = client.receive(Flow.DEAD_LETTERS);
				assertThat(property(letter, MessagingHeaders.EXCEPTION_CLASS)).isEqualTo(IOException.class.getName());
				assertThat(property(letter, MessagingHeaders.ATTEMPT)).isEqualTo("4");
			}
		}, "messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1");
	}

	@Test
	void filtersAreAroundAndMayStopAMessage() {
		List<String> seen = new ArrayList<>();
		MessageFilter filter = (message, routing, chain) -> {
			seen.add(routing.direction() + " " + message.getPayload());
			if (routing.processor() == null && !message.getPayload().equals("stop")) {
				chain.proceed(MessageBuilder.withPayload("filtered " + message.getPayload()).build());
			}
		};
		application().withBean(MessageFilter.class, () -> filter).run((context) -> {
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "stop", "go");
			}
			assertThat(context.getBean(MessageReceiver.class).receive("orders", LONG, String.class))
				.map(Message::getPayload)
				.contains("filtered go");
			assertThat(seen).containsExactly("INBOUND stop", "INBOUND go");
			assertThat(this.broker.depth(Flow.QUEUE)).isZero();
		});
	}

	@Test
	void selectorLeavesTheOthers() {
		run((receiver, publisher) -> {
			publisher.publish("orders", "blue", Map.of("colour", "blue"));
			publisher.publish("orders", "red", Map.of("colour", "red"));
			assertThat(receiver.from("orders").selector("colour = 'red'").receive(LONG, String.class))
				.map(Message::getPayload)
				.contains("red");
			assertThat(receiver.from("orders").selector("colour = 'red'").receive(SHORT, String.class)).isEmpty();
			assertThat(this.broker.depth(Flow.QUEUE)).isEqualTo(1);
		});
	}

	@Test
	void whatCannotBeReceivedFromIsRefusedByName() {
		run((receiver, publisher) -> {
			assertThatExceptionOfType(MessagingConfigurationException.class)
				.isThrownBy(() -> receiver.receive("ordres", SHORT, String.class))
				.withMessageContaining("'ordres'")
				.withMessageContaining("'orders'");
			assertThatIllegalArgumentException().isThrownBy(() -> receiver.from("news"))
				.withMessageContaining("plain topic")
				.withMessageContaining("messaging.destination.news.virtual-topic");
			assertThatIllegalArgumentException().isThrownBy(() -> receiver.from("orders").group("billing"))
				.withMessageContaining("has no groups");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> receiver.receive("orders", Duration.ofMillis(-1), String.class))
				.withMessageContaining("must not be negative");
		}, "messaging.destination.news.topic=News");
	}

	@Test
	void brokerThatIsNotThereIsToldInTime() {
		int port = BrokerProcess.freePort();
		Flow.application("failover:(tcp://localhost:" + port + ")")
			.withPropertyValues("messaging.broker.default.publisher.timeout=1s")
			.run((context) -> {
				MessageReceiver receiver = context.getBean(MessageReceiver.class);
				long start = System.nanoTime();
				assertThatExceptionOfType(ReceiveException.class)
					.isThrownBy(() -> receiver.receive("orders", SHORT, String.class))
					.withMessageContaining("'orders'")
					.satisfies((ex) -> assertThat(ex.getDestination()).isEqualTo("orders"));
				assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(5));
				try (TestBroker late = TestBroker.startOn(port); PlainClient client = late.client()) {
					client.sendText(Flow.QUEUE, "there");
					Flow.eventually()
						.ignoreExceptions()
						.until(() -> receiver.receive("orders", SHORT, String.class).isPresent());
				}
			});
	}

	@Test
	void brokerThatDoesNotAnswerIsToldInTimeAndNothingIsLost() {
		throughAProxy((context, line) -> {
			MessageReceiver receiver = context.getBean(MessageReceiver.class);
			receiver.receive("orders", Duration.ZERO, String.class);
			line.stall();
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "kept");
			}
			long start = System.nanoTime();
			assertThatExceptionOfType(ReceiveException.class)
				.isThrownBy(() -> receiver.receive("orders", SHORT, String.class))
				.withMessageContaining("no answer within");
			assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(6));
			line.heal();
			Flow.eventually()
				.ignoreExceptions()
				.until(() -> receiver.receive("orders", SHORT, String.class)
					.filter((message) -> message.getPayload().equals("kept"))
					.isPresent());
		}, (message, routing, chain) -> chain.proceed(message));
	}

	@Test
	void messageWithoutAnAnswerToItsAcknowledgementIsNotLost() {
		AtomicReference<FaultProxy> silent = new AtomicReference<>();
		throughAProxy((context, line) -> {
			silent.set(line);
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "mine");
			}
			assertThat(context.getBean(MessageReceiver.class).receive("orders", LONG, String.class))
				.map(Message::getPayload)
				.contains("mine");
		}, (message, routing, chain) -> {
			chain.proceed(message);
			silent.get().stall();
		});
	}

	private void throughAProxy(ProxyScenario scenario, MessageFilter filter) {
		try (FaultProxy line = new FaultProxy(URI.create(this.broker.url()).getPort())) {
			Flow.application("tcp://localhost:" + line.port())
				.withBean(MessageFilter.class, () -> filter)
				.withPropertyValues("messaging.broker.default.publisher.timeout=1s")
				.run((context) -> scenario.run(context, line));
		}
	}

	@Test
	void messageOfACommitThatIsRefusedComesAgain() {
		run((receiver, publisher) -> {
			publisher.publish("orders", "twice");
			this.broker.failCommits(1);
			List<String> handled = new ArrayList<>();
			assertThatExceptionOfType(ReceiveException.class)
				.isThrownBy(() -> receiver.receive("orders", LONG, String.class,
						(message) -> handled.add(message.getPayload())))
				.withMessageContaining("comes again");
			assertThat(receiver.receive("orders", LONG, String.class, (message) -> handled.add(message.getPayload())))
				.isTrue();
			assertThat(handled).containsExactly("twice", "twice");
		});
	}

	@Test
	void receiveInAProcessorLeavesItsTransactionAlone() {
		AtomicReference<ApplicationContext> application = new AtomicReference<>();
		Script script = new Script((message) -> {
			MessagePublisher publisher = application.get().getBean(MessagePublisher.class);
			application.get()
				.getBean(MessageReceiver.class)
				.receive("side", SHORT, String.class, (received) -> publisher.publish("out", "side"));
			publisher.publish("out", "main");
			if (application.get().getBean(Script.class).calls().size() == 1) {
				throw new IllegalStateException("once more");
			}
		});
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.destination.side.queue=Side", "messaging.destination.out.queue=Out")
			.run((context) -> {
				application.set(context);
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("side", "aside");
				publisher.publish("orders", "work");
				Flow.eventually().until(() -> script.completed().size() == 1);
				Flow.eventually().until(() -> this.broker.depth("Out") >= 2);
				try (PlainClient client = this.broker.client()) {
					assertThat(client.drainTexts("Out")).containsExactlyInAnyOrder("side", "main");
				}
			});
	}

	@Test
	void interruptedWaitEndsAndKeepsTheMessageInItsQueue() throws Exception {
		run((receiver, publisher) -> {
			CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
			Thread thread = new Thread(() -> {
				try {
					receiver.receive("orders", LONG, String.class);
					interrupted.complete(false);
				}
				catch (ReceiveException ex) {
					interrupted.complete(Thread.currentThread().isInterrupted());
				}
			});
			thread.start();
			Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 1);
			thread.interrupt();
			assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
			publisher.publish("orders", "for the next one");
			assertThat(receiver.receive("orders", LONG, String.class)).isPresent();
		});
	}

	// The common pool has one thread on two cores: who waits in it holds up the others.
	private static void onThreadOfItsOwn(Runnable work) {
		new Thread(work, "receive").start();
	}

	@Test
	void waitEndsWithTheApplicationAndAHandlerMayFinish() throws Exception {
		CompletableFuture<Boolean> waiting = new CompletableFuture<>();
		CompletableFuture<Boolean> handling = new CompletableFuture<>();
		CountDownLatch handed = new CountDownLatch(1);
		CountDownLatch finish = new CountDownLatch(1);
		application().withPropertyValues("messaging.destination.idle.queue=Idle").run((context) -> {
			MessageReceiver receiver = context.getBean(MessageReceiver.class);
			context.getBean(MessagePublisher.class).publish("orders", "work");
			handling.completeAsync(() -> receiver.receive("orders", LONG, String.class, (message) -> {
				handed.countDown();
				await(finish);
			}), ReceiveFlowTests::onThreadOfItsOwn);
			CompletableFuture.runAsync(() -> {
				try {
					receiver.receive("idle", LONG, String.class);
					waiting.complete(false);
				}
				catch (ReceiveException ex) {
					waiting.complete(ex.getMessage().contains("closed"));
				}
			}, ReceiveFlowTests::onThreadOfItsOwn);
			await(handed);
			Flow.eventually().until(() -> this.broker.consumers("Idle") == 1);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(
					((ConfigurableApplicationContext) context.getSourceApplicationContext())::close,
					ReceiveFlowTests::onThreadOfItsOwn);
			assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
			finish.countDown();
			assertThat(handling.get(5, TimeUnit.SECONDS)).isTrue();
			closing.get(10, TimeUnit.SECONDS);
		});
		assertThat(this.broker.depth(Flow.QUEUE)).isZero();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String property(jakarta.jms.Message message, String name) {
		try {
			return message.getStringProperty(name);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url());
	}

	private void run(Scenario scenario, String... properties) {
		application().withPropertyValues(properties)
			.run((context) -> scenario.run(context.getBean(MessageReceiver.class),
					context.getBean(MessagePublisher.class)));
	}

	@FunctionalInterface
	private interface Scenario {

		void run(MessageReceiver receiver, MessagePublisher publisher) throws Exception;

	}

	@FunctionalInterface
	private interface ProxyScenario {

		void run(ApplicationContext context, FaultProxy line) throws Exception;

	}

	record Order(int number) {
	}

}
