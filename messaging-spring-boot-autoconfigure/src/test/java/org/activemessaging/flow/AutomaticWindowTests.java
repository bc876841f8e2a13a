package org.activemessaging.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Windows that follow the speed of the processor, which is the default.
 */
class AutomaticWindowTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void fastProcessorSharesTransactionsAmongMany() {
		int messages = 3000;
		this.client.sendText(Flow.QUEUE, 0, messages);
		Script script = Script.thatSucceeds();
		int before = this.broker.commits();
		Flow.application(this.broker.url(), script).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).hasSize(messages).doesNotHaveDuplicates();
			assertThat(window(context)).isEqualTo(100);
			assertThat(this.broker.commits() - before).isLessThan(messages / 10);
		});
	}

	@Test
	void limitIsKept() {
		this.client.sendText(Flow.QUEUE, 0, 500);
		Script script = Script.thatSucceeds();
		int before = this.broker.commits();
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.max-window=5")
			.run((context) -> {
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(window(context)).isEqualTo(5);
				assertThat(this.broker.commits() - before).isGreaterThanOrEqualTo(100);
			});
	}

	@Test
	void slowProcessorHoldsNoWorkThatOthersCouldBegin() {
		this.client.sendText(Flow.QUEUE, 0, 9);
		Script slow = new Script((message) -> Flow.work(Duration.ofMillis(300)));
		Flow.application(this.broker.url(), slow).run((context) -> {
			Flow.eventually().until(() -> slow.completed().size() == 2);
			assertThat(window(context)).isOne();
			// The broker hands the busy consumer one message ahead.
			assertThat(this.broker.inFlight(Flow.QUEUE)).isLessThanOrEqualTo(2);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(slow.completed()).hasSize(9).doesNotHaveDuplicates();
		});
	}

	@Test
	void allConsumersOfASlowProcessorGetWork() {
		this.client.sendText(Flow.QUEUE, 0, 300);
		Script slow = new Script((message) -> Flow.work(Duration.ofMillis(20)));
		Flow.application(this.broker.url(), slow)
			.withPropertyValues("messaging.listener.concurrency=1-8")
			.run((context) -> {
				Flow.eventually().until(() -> slow.running() == 8);
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(slow.completed()).hasSize(300).doesNotHaveDuplicates();
			});
	}

	@Test
	void processorThatBecomesSlowGivesBackWhatItHolds() {
		int messages = 2000;
		AtomicReference<Duration> each = new AtomicReference<>(Duration.ZERO);
		Script script = new Script((message) -> Flow.work(each.get()));
		this.client.sendText(Flow.QUEUE, 0, messages);
		Flow.application(this.broker.url(), script).run((context) -> {
			Flow.eventually().until(() -> window(context) == 100);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			each.set(Duration.ofMillis(200));
			this.client.sendText(Flow.QUEUE, 0, 50);
			Flow.eventually().until(() -> script.completed().size() >= messages + 2 && window(context) == 1);
			Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) <= 2);
			assertThat(this.broker.depth(Flow.QUEUE)).isGreaterThan(30);
			each.set(Duration.ZERO);
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).hasSize(messages + 50);
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	private static int window(ApplicationContext context) {
		ProcessorReport report = context.getBean(ProcessorContainers.class).report("script");
		return (report != null) ? report.window() : 0;
	}

}
