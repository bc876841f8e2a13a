package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.Message;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.listener.ProcessorReport;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A processor is paused while it works.
 */
class PauseFlowTests {

	private static final String ID = "script";

	@Test
	void whatIsInWorkEndsAndWhatWasHandedAheadGoesBackUncounted() {
		CountDownLatch release = new CountDownLatch(1);
		Script script = new Script((message) -> {
			if (message.getPayload().equals("5")) {
				assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
			}
		});
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url(), script).run((context) -> {
				client.sendText(Flow.QUEUE, 0, 30);
				Flow.eventually().until(() -> !script.calls("5").isEmpty());
				control(context).pause(ID, PauseReason.OPERATOR);
				assertThat(report(context).state()).isEqualTo(ContainerState.PAUSED);
				release.countDown();
				Flow.eventually().until(() -> script.completed().contains("5"));
				Flow.eventually().until(() -> report(context).inFlight() == 0);
				List<Message> rest = client.drain(Flow.QUEUE);
				assertThat(rest).hasSize(30 - script.completed().size());
				for (Message message : rest) {
					assertThat(message.getJMSRedelivered()).isFalse();
				}
				assertThat(script.calls()).hasSameSizeAs(script.completed());
				client.sendText(Flow.QUEUE, "later");
				Flow.throughout(Duration.ofMillis(300)).until(() -> script.calls("later").isEmpty());
				control(context).resume(ID, PauseReason.OPERATOR);
				Flow.eventually().until(() -> script.completed().contains("later"));
				assertThat(report(context).state()).isEqualTo(ContainerState.RUNNING);
			});
		}
	}

	@Test
	void brakeThatRecoversDoesNotEndThePauseOfAnOperator() {
		AtomicBoolean mended = new AtomicBoolean();
		Script script = new Script((message) -> {
			if (!mended.get()) {
				throw new IllegalStateException("no");
			}
		});
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url(), script)
				.withPropertyValues("messaging.listener.brake.failures=2", "messaging.listener.brake.delay=50ms",
						"messaging.listener.brake.max-delay=100ms", "messaging.listener.redelivery.delayed=50")
				.run((context) -> {
					client.sendText(Flow.QUEUE, 0, 10);
					Flow.eventually().until(() -> report(context).braked());
					assertThat(report(context).pausedBy()).containsExactly(PauseReason.BRAKE);
					control(context).pause(ID, PauseReason.OPERATOR);
					Flow.eventually().until(() -> report(context).inFlight() == 0);
					mended.set(true);
					assertThat(report(context).pausedBy()).contains(PauseReason.OPERATOR);
					int before = script.completed().size();
					Flow.throughout(Duration.ofMillis(500)).until(() -> script.completed().size() <= before + 1);
					assertThat(report(context).state()).isEqualTo(ContainerState.PAUSED);
					control(context).resume(ID, PauseReason.OPERATOR);
					Flow.eventually().until(() -> script.completed().size() == 10);
					assertThat(report(context).pausedBy()).isEmpty();
				});
		}
	}

	@Test
	void hundredPausesUnderLoadLoseAndRepeatNothing() {
		Script script = Script.thatSucceeds();
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url(), script)
				.withPropertyValues("messaging.listener.concurrency=3")
				.run((context) -> {
					for (int pause = 0; pause < 100; pause++) {
						int sent = pause * 20;
						client.sendText(Flow.QUEUE, sent, sent + 20);
						Flow.eventually().until(() -> script.calls().size() > sent);
						control(context).pause(ID, PauseReason.OPERATOR);
						if (pause % 20 == 0) {
							Flow.eventually().until(() -> broker.consumers(Flow.QUEUE) == 0);
							int begun = script.calls().size();
							client.sendText(Flow.QUEUE, 2000 + pause, 2001 + pause);
							Flow.throughout(Duration.ofMillis(100)).until(() -> script.calls().size() == begun);
						}
						control(context).resume(ID, PauseReason.OPERATOR);
					}
					Flow.eventually().until(() -> script.completed().size() == 2005);
					assertThat(script.calls()).hasSize(2005);
					assertThat(script.completed()).doesNotHaveDuplicates();
				});
			assertThat(broker.depth(Flow.QUEUE)).isZero();
		}
	}

	private static ProcessorControl control(ApplicationContext context) {
		return new ProcessorControl(context.getBean(ProcessorContainers.class));
	}

	private static ProcessorReport report(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).report(ID);
	}

}
