package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.operations.MessagingOperations;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that were in the hands of an application when it died. Here the application
 * that dies is a client whose connection the broker loses.
 */
class CrashSuspectTests {

	private final TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "transacted", "client" })
	void messageThatWasInWorkAtTooManyCrashesIsTriedAlone(String acknowledge) {
		send("suspect", "innocent");
		for (int crash = 0; crash < 5; crash++) {
			crash(1);
		}
		Script script = Script.thatSucceeds();
		application(script).withPropertyValues("messaging.listener.acknowledge=" + acknowledge).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).containsExactly("innocent", "suspect");
			assertThat(script.calls("suspect").get(0).message().getHeaders()).containsEntry("am_suspect", 5);
			assertThat(context.getBean(MessagingOperations.class).processor("script").redelivery().crashes())
				.isEqualTo(5);
		});
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "transacted", "client" })
	void suspectThatWasInWorkAtMoreCrashesIsGivenUp(String acknowledge) throws JMSException {
		try (PlainClient client = this.broker.client()) {
			client.send(Flow.QUEUE, (session) -> {
				Message message = session.createTextMessage("killer");
				message.setIntProperty("am_suspect", 5);
				return message;
			});
		}
		crash(1);
		crash(1);
		send("innocent");
		Script script = Script.thatSucceeds();
		application(script).withPropertyValues("messaging.listener.acknowledge=" + acknowledge).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).containsExactly("innocent");
		});
		List<Message> letters = this.broker.deadLetters();
		assertThat(letters).hasSize(1);
		assertThat(letters.get(0).getBody(String.class)).isEqualTo("killer");
		assertThat(letters.get(0).getStringProperty("am_failure_kind")).isEqualTo("crash-suspect");
		assertThat(letters.get(0).getStringProperty("am_exception_message")).contains("2 times");
		assertThat(letters.get(0).getIntProperty("am_attempt")).isOne();
	}

	@Test
	void messageOfAGroupIsGivenUpWithoutLosingItsPlace() {
		try (PlainClient client = this.broker.client()) {
			for (String text : List.of("killer", "next")) {
				client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage(text);
					message.setStringProperty("JMSXGroupID", "visitor");
					return message;
				});
			}
		}
		for (int crash = 0; crash < 10; crash++) {
			crash(1);
		}
		Script script = Script.thatSucceeds();
		application(script).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).containsExactly("next");
		});
		assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isOne();
	}

	@Test
	void messageIsStillTriedOneCrashBefore() {
		send("slow");
		for (int crash = 0; crash < 4; crash++) {
			crash(1);
		}
		Script script = Script.thatSucceeds();
		application(script).run((context) -> {
			Flow.eventually().until(() -> script.completed().size() == 1);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
		});
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	@Test
	void limitOfOneProcessorOverridesTheDefault() {
		send("killer");
		crash(1);
		Script script = Script.thatSucceeds();
		application(script).withPropertyValues("messaging.processor.script.redelivery.crashes=1")
			.run((context) -> Flow.eventually().until(() -> !script.completed().isEmpty()));
		assertThat(script.calls().get(0).message().getHeaders()).containsEntry("am_suspect", 1);
	}

	// Whatever an application had been handed ahead counts as delivered when it dies: so
	// these come one by one, and the rest is not handed ahead before they are done.
	@Test
	void messagesThatWereHandedOutAreTriedAlone() {
		int messages = 40;
		send(numbers(messages));
		crash(10);
		Set<Long> handedOut = new ConcurrentSkipListSet<>();
		Script script = new Script((message) -> {
			if (Integer.parseInt(message.getPayload().toString()) < 10) {
				handedOut.add(this.broker.handedOut(Flow.QUEUE));
				Flow.work(Duration.ofMillis(20));
			}
		});
		application(script).withPropertyValues("messaging.listener.concurrency=4").run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(new TreeSet<>(script.completed())).hasSize(messages);
			assertThat(script.completed()).doesNotHaveDuplicates();
			assertThat(script.calls().subList(0, 10)).extracting(Script.Call::payload)
				.containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
		});
		assertThat(handedOut).allMatch((count) -> count <= 1);
	}

	// The broker hands it to a consumer that has others in advance: as when another
	// instance has died of it.
	@Test
	void messageOfAnotherInstanceThatDiedIsPulledToo() {
		send(numbers(10));
		Script script = new Script((message) -> {
			if (message.getPayload().equals("0")) {
				Flow.work(Duration.ofSeconds(1));
			}
		});
		crash(1);
		crash(1);
		try (Connection dying = new ActiveMQConnectionFactory(this.broker.url()).createConnection()) {
			dying.start();
			Session session = dying.createSession(true, Session.SESSION_TRANSACTED);
			assertThat(
					session.createConsumer(session.createQueue(Flow.QUEUE + "?consumer.prefetchSize=0")).receive(5000))
				.isNotNull();
			application(script).run((context) -> {
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 1 && script.completed().size() == 9);
				session.rollback();
				session.close();
				send(numbers(10));
				Flow.eventually().until(() -> script.running() == 1 && !script.calls("0").isEmpty());
				assertThat(this.broker.inFlight(Flow.QUEUE)).isOne();
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			});
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	@Test
	void connectionThatIsLostWhileTheApplicationLivesIsNoCrash() {
		send("slow");
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(400)));
		application(script).run((context) -> {
			for (int cut = 1; cut <= 6; cut++) {
				int calls = cut;
				Flow.eventually().until(() -> script.calls().size() >= calls && script.running() == 1);
				this.broker.cutConnections();
			}
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
		});
		assertThat(script.calls()).hasSizeGreaterThanOrEqualTo(7)
			.noneMatch((call) -> call.message().getHeaders().containsKey("am_suspect"));
		assertThat(this.broker.deadLetters()).isEmpty();
	}

	private static String[] numbers(int end) {
		String[] numbers = new String[end];
		for (int i = 0; i < end; i++) {
			numbers[i] = String.valueOf(i);
		}
		return numbers;
	}

	private void send(String... texts) {
		try (PlainClient client = this.broker.client()) {
			client.sendText(Flow.QUEUE, texts);
		}
	}

	// Receives some messages and loses its connection before it has dealt with them.
	private void crash(int received) {
		ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(this.broker.url());
		factory.getRedeliveryPolicy().setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
		try (Connection connection = factory.createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			MessageConsumer consumer = session
				.createConsumer(session.createQueue(Flow.QUEUE + "?consumer.prefetchSize=0"));
			for (int i = 0; i < received; i++) {
				assertThat(consumer.receive(5000)).isNotNull();
			}
			this.broker.cutConnections();
			Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) == 0);
		}
		catch (JMSException ex) {
			// The connection was cut.
			assertThat(ex).hasRootCauseInstanceOf(java.io.IOException.class);
		}
	}

	private ApplicationContextRunner application(Script script) {
		return Flow.application(this.broker.url(), script);
	}

}
