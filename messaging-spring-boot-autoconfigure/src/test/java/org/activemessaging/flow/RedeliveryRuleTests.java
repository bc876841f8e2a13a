package org.activemessaging.flow;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.Message;
import org.activemessaging.Processor;
import org.activemessaging.RedeliveryRule;
import org.activemessaging.RedeliveryRule.Action;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingObservationAutoConfiguration;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.ProcessorView.RuleView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of messages that fail with exceptions for which there are rules.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedeliveryRuleTests {

	private static final String RULE = "messaging.listener.redelivery.rules";

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void discardedMessagesAreGoneCountedAndLoggedOnce(CapturedOutput output) {
		Script script = failing(() -> new IllegalStateException(new FileNotFoundException("x.pdf")));
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		application(script, RULE + "[0].exception=java.io.FileNotFoundException", RULE + "[0].action=discard",
				"messaging.listener.brake.failures=3")
			.withConfiguration(AutoConfigurations.of(MessagingObservationAutoConfiguration.class))
			.withBean(MeterRegistry.class, () -> registry)
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, 0, 20);
				Flow.eventually().until(() -> report(context).discarded() == 20);
				assertThat(script.calls()).hasSize(20);
				assertThat(this.broker.depth(Flow.QUEUE)).isZero();
				assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
				assertThat(registry.get("messaging.discarded")
					.tags("processor", "script", "exception", "IllegalStateException")
					.counter()
					.count()).isEqualTo(20);
				assertThat(report(context).braked()).isFalse();
				assertThat(report(context).redelivered()).isZero();
				assertThat(output.getOut().split("discards a message", -1)).hasSize(2);
			});
	}

	@Test
	void deadLetterOfARuleIsWrittenAfterOneTry() {
		Script script = failing(() -> new ConnectException("no"));
		application(script, RULE + "[0].exception=java.io.*,java.net.*", RULE + "[0].action=dead-letter")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getIntProperty("am_attempt")).isOne();
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("handler");
				assertThat(script.calls()).hasSize(1);
			});
	}

	@Test
	void redeliveringRuleHasNumbersOfItsOwn() {
		Script script = new Script((message) -> {
			throw message.getPayload().equals("rule") ? new ConnectException() : new IllegalStateException();
		});
		application(script, RULE + "[0].exception=java.net.ConnectException", RULE + "[0].immediate=0",
				RULE + "[0].delayed=3", RULE + "[0].delay=300ms", "messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "rule");
				this.client.sendText(Flow.QUEUE, "other");
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 2);
				assertThat(script.calls("rule")).hasSize(4);
				assertThat(script.calls("other")).hasSize(3);
				for (int i = 1; i < 4; i++) {
					assertThat(Flow.between(script.calls("rule").get(i - 1), script.calls("rule").get(i)))
						.isGreaterThanOrEqualTo(Duration.ofMillis(295));
				}
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "group" })
	void messageOfAPauseGoesBackUncountedAndTheProcessorGoesOnByItself(String group) {
		AtomicBoolean down = new AtomicBoolean(true);
		Script script = new Script((message) -> {
			if (down.get() && message.getPayload().equals("0")) {
				throw new ConnectException("down");
			}
		});
		application(script, RULE + "[0].exception=java.net.ConnectException", RULE + "[0].action=pause",
				RULE + "[0].pause=700ms", "messaging.listener.redelivery.immediate=0",
				"messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				if (!group.isEmpty()) {
					// Before the first message of a group is seen, one may be ahead, and
					// would overtake what is given back.
					send("first", group);
					Flow.eventually()
						.until(() -> script.completed().contains("first") && !this.broker.isAnyPrefetching(Flow.QUEUE));
				}
				send("0", group);
				send("1", group);
				for (int pause = 1; pause <= 3; pause++) {
					int calls = pause;
					Flow.eventually().until(() -> script.calls("0").size() == calls && report(context).inFlight() == 0);
					assertThat(report(context).pausedBy()).containsExactly(PauseReason.RULE);
					assertThat(report(context).state()).isEqualTo(ContainerState.PAUSED);
				}
				down.set(false);
				Flow.eventually().until(() -> script.completed().containsAll(List.of("0", "1")));
				for (int i = 1; i < script.calls("0").size(); i++) {
					assertThat(Flow.between(script.calls("0").get(i - 1), script.calls("0").get(i)))
						.isGreaterThanOrEqualTo(Duration.ofMillis(690));
				}
				if (!group.isEmpty()) {
					assertThat(script.completed()).containsExactly("first", "0", "1");
				}
				Flow.eventually().until(() -> report(context).pausedBy().isEmpty());
				assertThat(report(context).state()).isEqualTo(ContainerState.RUNNING);
				assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
				assertThat(report(context).redelivered()).isZero();
				assertThat(report(context).braked()).isFalse();
			});
	}

	@Test
	void pausesUseUpNoTry() {
		AtomicInteger pauses = new AtomicInteger(3);
		Script script = new Script((message) -> {
			throw (pauses.getAndDecrement() > 0) ? new ConnectException("down") : new IllegalStateException("bug");
		});
		application(script, RULE + "[0].exception=java.net.ConnectException", RULE + "[0].action=pause",
				RULE + "[0].pause=50ms", "messaging.listener.redelivery.immediate=1",
				"messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				assertThat(this.client.receive(Flow.DEAD_LETTERS).getIntProperty("am_attempt")).isEqualTo(2);
				assertThat(script.calls()).hasSize(5);
			});
	}

	@Test
	void whatSharedTheWindowOfAPauseIsNotRepeated() {
		this.client.sendText(Flow.QUEUE, 0, 20);
		AtomicBoolean down = new AtomicBoolean(true);
		Script script = new Script((message) -> {
			if (message.getPayload().equals("7") && down.getAndSet(false)) {
				throw new ConnectException("down");
			}
		});
		application(script, RULE + "[0].exception=java.io.IOException", RULE + "[0].action=pause",
				RULE + "[0].pause=200ms", "messaging.listener.window=20")
			.run((context) -> {
				Flow.eventually().until(() -> script.completed().size() == 20);
				assertThat(script.completed()).doesNotHaveDuplicates();
				assertThat(script.calls("7")).hasSize(2);
			});
	}

	@Test
	void endOfAPauseDoesNotEndThatOfAnOperator() {
		AtomicBoolean down = new AtomicBoolean(true);
		Script script = new Script((message) -> {
			if (down.getAndSet(false)) {
				throw new ConnectException("down");
			}
		});
		application(script, RULE + "[0].exception=java.io.IOException", RULE + "[0].action=pause",
				RULE + "[0].pause=500ms")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "a");
				Flow.eventually().until(() -> report(context).pausedBy().contains(PauseReason.RULE));
				ProcessorControl control = new ProcessorControl(context.getBean(ProcessorContainers.class));
				control.pause("script", PauseReason.OPERATOR);
				Flow.eventually().until(() -> !report(context).pausedBy().contains(PauseReason.RULE));
				Flow.throughout(Duration.ofMillis(300)).until(() -> script.completed().isEmpty());
				assertThat(report(context).pausedBy()).containsExactly(PauseReason.OPERATOR);
				control.resume("script", PauseReason.OPERATOR);
				Flow.eventually().until(() -> script.completed().size() == 1);
			});
	}

	@Test
	void rulesOfTheProcessorComeBeforeTheAnnotationAndThoseForAllComeLast(CapturedOutput output) {
		Flow.application(this.broker.url())
			.withBean(Annotated.class)
			.withPropertyValues("messaging.processor.annotated.redelivery.rules[0].exception=java.net.ConnectException",
					"messaging.processor.annotated.redelivery.rules[0].action=dead-letter",
					RULE + "[0].exception=java.lang.Exception", RULE + "[0].delayed=0", "file.pause=300ms")
			.run((context) -> {
				List<RuleView> rules = context.getBean(MessagingOperations.class)
					.processor("annotated")
					.redelivery()
					.rules();
				assertThat(rules).containsExactly(
						new RuleView(List.of("java.net.ConnectException"), "dead-letter", null, null, null),
						new RuleView(List.of("java.io.FileNotFoundException"), "pause", null, null,
								Duration.ofMillis(300)),
						new RuleView(List.of("java.io.IOException"), "discard", null, null, null),
						new RuleView(List.of("java.lang.Exception"), "redeliver", 3, Duration.ZERO, null));
				assertThat(output.getOut()).contains("but java.net.ConnectException: dead-letter;"
						+ " java.io.FileNotFoundException: pause for 300 ms; java.io.IOException: discard;"
						+ " java.lang.Exception: tried 3 times within 0 s");
				this.client.sendText(Flow.QUEUE, "connect");
				this.client.sendText(Flow.QUEUE, "io");
				assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_exception_class"))
					.isEqualTo(ConnectException.class.getName());
				Flow.eventually()
					.until(() -> context.getBean(ProcessorContainers.class).report("annotated").discarded() == 1);
			});
	}

	@Test
	void rejectedMessageIsADeadLetterWhateverTheRules() {
		Script script = failing(() -> new RejectMessageException("no"));
		application(script, RULE + "[0].exception=java.lang.Exception", RULE + "[0].action=discard").run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_failure_kind"))
				.isEqualTo("rejected");
		});
	}

	private void send(String text, String group) {
		this.client.send(Flow.QUEUE, text, group.isEmpty() ? Map.of() : Map.of("JMSXGroupID", group));
	}

	private ApplicationContextRunner application(Script script, String... properties) {
		return Flow.application(this.broker.url(), script).withPropertyValues(properties);
	}

	private static Script failing(Failure failure) {
		return new Script((message) -> {
			throw failure.create();
		});
	}

	private static ProcessorReport report(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).report("script");
	}

	@FunctionalInterface
	private interface Failure {

		Exception create();

	}

	@Processor("annotated")
	@RedeliveryRule(exception = IOException.class, action = Action.DISCARD)
	static class Annotated {

		@SubscribesTo("orders")
		@RedeliveryRule(exception = FileNotFoundException.class, action = Action.PAUSE, pause = "${file.pause}")
		void onMessage(String payload) throws IOException {
			throw payload.equals("connect") ? new ConnectException() : new IOException();
		}

	}

}
