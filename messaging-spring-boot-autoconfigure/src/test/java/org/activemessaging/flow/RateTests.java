package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.ProcessorView.LimitsView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A processor takes so many messages in a time and no more.
 */
class RateTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 1", "1, 4" })
	void noSecondHasMoreThanTheRate(int concurrency, int lanes) {
		this.client.sendText(Flow.QUEUE, 0, 60);
		Script script = Script.thatSucceeds();
		application(script, "20/s")
			.withPropertyValues("messaging.listener.concurrency=" + concurrency, "messaging.listener.lanes=" + lanes)
			.run((context) -> {
				Flow.eventually().until(() -> script.completed().size() == 60);
				List<Long> times = script.calls().stream().map(Script.Call::at).sorted().toList();
				// What a tenth of a second brings, and a token in the hands of each
				// consumer.
				int most = 20 + Math.max(2, lanes) + concurrency;
				for (int i = most; i < times.size(); i++) {
					assertThat(Duration.ofNanos(times.get(i) - times.get(i - most)))
						.isGreaterThan(Duration.ofMillis(995));
				}
				assertThat(script.calls()).hasSize(60);
				assertThat(report(context).redelivered()).isZero();
			});
	}

	@Test
	void whoWaitsHoldsNothingAndStopsAtOnce() {
		this.client.sendText(Flow.QUEUE, 0, 10);
		Script script = Script.thatSucceeds();
		long[] closing = new long[1];
		application(script, "1/h").withPropertyValues("messaging.listener.concurrency=2").run((context) -> {
			Flow.eventually().until(() -> script.completed().size() == 1);
			Flow.eventually().until(() -> report(context).waitingForRate() == 2);
			assertThat(context.getBean(MessagingOperations.class).processor("script").limits())
				.isEqualTo(new LimitsView("1/h", 2, null, null));
			Flow.throughout(Duration.ofMillis(500)).until(() -> this.broker.inFlight(Flow.QUEUE) == 0);
			ProcessorControl control = new ProcessorControl(context.getBean(ProcessorContainers.class));
			control.pause("script", PauseReason.OPERATOR);
			Flow.eventually().until(() -> report(context).waitingForRate() == 0);
			control.resume("script", PauseReason.OPERATOR);
			Flow.eventually().until(() -> report(context).waitingForRate() == 2);
			closing[0] = System.nanoTime();
		});
		assertThat(Flow.since(closing[0])).isLessThan(Duration.ofSeconds(15));
		assertUntouched(this.client.drain(Flow.QUEUE), 9);
	}

	@Test
	void fastProcessorIsHandedNoMoreThanItMayTakeInItsTime() {
		this.client.sendText(Flow.QUEUE, 0, 300);
		Script script = Script.thatSucceeds();
		application(script, "100/s").run((context) -> {
			Flow.eventually().until(() -> script.completed().size() > 100);
			long most = 0;
			while (script.completed().size() < 250) {
				most = Math.max(most, this.broker.inFlight(Flow.QUEUE));
			}
			// A tenth of the window's time ahead, and as many in the transaction.
			assertThat(most).isBetween(1L, 20L);
			Flow.eventually().until(() -> script.completed().size() == 300);
			assertThat(report(context).window()).isEqualTo(10);
		});
	}

	@Test
	void rateOfOneProcessorOverridesTheAnnotation() {
		ApplicationContextRunner runner = Flow.application(this.broker.url())
			.withBean(Annotated.class)
			.withPropertyValues("messaging.listener.rate=3/s", "reports.rate=7/m");
		runner.run((context) -> assertThat(rate(context)).isEqualTo("7/m"));
		runner.withPropertyValues("messaging.processor.annotated.rate=9/h")
			.run((context) -> assertThat(rate(context)).isEqualTo("9/h"));
		runner.withPropertyValues("messaging.processor.annotated.rate=unlimited")
			.run((context) -> assertThat(
					context.getBean(ProcessorContainers.class).report("annotated").settings().limits().rate())
				.isNull());
	}

	private static void assertUntouched(List<Message> messages, int number) {
		assertThat(messages).hasSize(number).allSatisfy((message) -> {
			try {
				assertThat(message.getJMSRedelivered()).isFalse();
			}
			catch (JMSException ex) {
				throw new AssertionError(ex);
			}
		});
	}

	private static String rate(ApplicationContext context) {
		return context.getBean(MessagingOperations.class).processor("annotated").limits().rate();
	}

	private ApplicationContextRunner application(Script script, String rate) {
		return Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.processor.script.rate=" + rate);
	}

	private static ProcessorReport report(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).report("script");
	}

	@Processor("annotated")
	static class Annotated {

		@SubscribesTo(value = "orders", rate = "${reports.rate}")
		void onMessage(String payload) {
		}

	}

}
