package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.actuate.BrokerHealthIndicator;
import org.activemessaging.operations.MessagingOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The broker can be reached, and refuses what is sent in the transaction of a message.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusalTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "transacted", "client" })
	void messageStaysWhereItIsWhileItsDeadLetterCannotBeWritten(String acknowledge, CapturedOutput output) {
		this.broker.forbid(Flow.DEAD_LETTERS);
		Script script = Script.thatFails();
		application(script, acknowledge)
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0",
					"messaging.listener.brake.delay=200ms", "messaging.listener.brake.max-delay=400ms")
			.run((context) -> {
				MessagingOperations operations = context.getBean(MessagingOperations.class);
				BrokerHealthIndicator health = new BrokerHealthIndicator("default", operations);
				this.client.sendText(Flow.QUEUE, "bad");
				Flow.eventually().untilAsserted(() -> {
					Health down = health.health();
					assertThat(down.getStatus()).isEqualTo(Status.DOWN);
					assertThat(operations.processor("script").reason()).contains("failed messages cannot be moved")
						.contains("not authorized to write");
				});
				Flow.throughout(Duration.ofSeconds(2)).until(() -> this.broker.depth(Flow.QUEUE) == 1);
				assertThat(script.calls()).hasSize(1);
				// One look each 200 to 400 ms, not as many as the machine can.
				assertThat(this.broker.refusals()).isBetween(2, 20);
				assertThat(operations.processor("script").deadLettered()).isZero();
				assertThat(output).containsOnlyOnce("cannot move failed messages");
				this.broker.forbid(null);
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				Flow.eventually().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
				assertThat(script.calls()).hasSize(1);
				assertThat(operations.processor("script").deadLettered()).isEqualTo(1);
				assertThat(this.broker.deadLetters()).hasSize(1);
			});
	}

	@Test
	void othersAreProcessedWhenItIsWritten() {
		this.broker.forbid(Flow.DEAD_LETTERS);
		Script script = new Script((message) -> {
			if (message.getPayload().equals("3")) {
				throw new IllegalStateException("no");
			}
		});
		application(script, "transacted")
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0",
					"messaging.listener.brake.delay=200ms")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, 0, 10);
				Flow.eventually().until(() -> this.broker.refusals() > 0);
				this.broker.forbid(null);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.completed()).contains("0", "1", "2", "4", "5", "6", "7", "8", "9");
				assertThat(this.broker.deadLetters()).hasSize(1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "transacted", "client" })
	void refusedOutputIsAFailureOfItsMessage(String acknowledge) throws Exception {
		this.broker.forbid("Invoices");
		AtomicReference<MessagePublisher> publisher = new AtomicReference<>();
		Script script = new Script((message) -> {
			if (message.getPayload().equals("bad")) {
				publisher.get().publish("receipts", "receipt");
				publisher.get().publish("invoices", "invoice");
			}
		});
		application(script, acknowledge)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices",
					"messaging.destination.receipts.queue=Receipts", "messaging.listener.redelivery.immediate=1",
					"messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				publisher.set(context.getBean(MessagePublisher.class));
				this.client.sendText(Flow.QUEUE, "bad", "good");
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.calls("bad")).hasSize(4);
				assertThat(script.completed()).contains("good");
				if (acknowledge.equals("transacted")) {
					assertThat(this.broker.depth("Receipts")).isZero();
				}
			});
		List<Message> letters = this.broker.deadLetters();
		assertThat(letters).hasSize(1);
		assertThat(letters.get(0).getStringProperty("am_exception_message")).contains("refused by the broker")
			.contains("not authorized to write");
	}

	private ApplicationContextRunner application(Script script, String acknowledge) {
		return Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.acknowledge=" + acknowledge);
	}

}
