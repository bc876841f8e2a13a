package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.operations.MessagingOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All instances of an application together have so many messages of a processor in work
 * and no more.
 */
class ClusterConcurrencyTests {

	private static final String PERMITS = "PERMIT.voyeur.script";

	private static final String KEEPER = PERMITS + ".KEEPER";

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Script script = new Script((message) -> Flow.work(Duration.ofMillis(100)));

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void instancesTogetherHaveNoMoreInWorkThanThereArePermits() {
		this.client.sendText(Flow.QUEUE, 0, 60);
		application(3).run((first) -> application(3).run((second) -> {
			Flow.eventually().until(() -> this.script.completed().size() == 60);
			assertThat(this.script.mostRunning()).isEqualTo(3);
			assertThat(processed(first) + processed(second)).isEqualTo(60);
			assertThat(held(first) + held(second)).isBetween(0, 3);
			assertThat(first.getBean(MessagingOperations.class).processor("script").limits().clusterConcurrency())
				.isEqualTo(3);
			assertThat(this.broker.depth(PERMITS)).isEqualTo(3);
			assertThat(this.broker.depth(KEEPER)).isOne();
		}));
	}

	@Test
	void whoIsPausedHoldsNoPermitAndNoMessage() {
		application(1).run((first) -> {
			this.client.sendText(Flow.QUEUE, "a");
			Flow.eventually().until(() -> this.script.completed().size() == 1);
			new ProcessorControl(first.getBean(ProcessorContainers.class)).pause("script", PauseReason.OPERATOR);
			Flow.eventually().until(() -> held(first) == 0);
			application(1).run((second) -> {
				this.client.sendText(Flow.QUEUE, "b");
				Flow.eventually().until(() -> this.script.completed().size() == 2);
				assertThat(processed(second)).isOne();
			});
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5 })
	void numberThatIsChangedCountsAfterARestart(int changed) {
		application(3).run((context) -> Flow.eventually().until(() -> this.broker.depth(PERMITS) == 3));
		application(changed).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(PERMITS) == changed);
			this.client.sendText(Flow.QUEUE, 0, 40);
			Flow.eventually().until(() -> this.script.completed().size() == 40);
			assertThat(this.script.mostRunning()).isEqualTo(Math.min(changed, 4));
		});
	}

	@Test
	void permitsThatAreLostOrTooManyAreCorrectedAndNoneGetsOld() throws JMSException {
		application(4).run((context) -> {
			this.client.sendText(Flow.QUEUE, 0, 80);
			Flow.eventually().until(() -> this.script.completed().size() == 80);
			for (int i = 0; i < 3; i++) {
				this.client.sendText(PERMITS, "another");
			}
			Flow.eventually().until(() -> this.broker.depth(PERMITS) > 4);
			Flow.eventually().until(() -> this.broker.depth(PERMITS) == 4);
			new ProcessorControl(context.getBean(ProcessorContainers.class)).pause("script", PauseReason.OPERATOR);
			Flow.eventually().until(() -> held(context) == 0);
			List<Message> permits = this.client.drain(PERMITS);
			assertThat(permits).hasSize(4);
			for (Message permit : permits) {
				assertThat(permit.getJMSRedelivered()).isFalse();
				assertThat(permit.getJMSExpiration()).isZero();
			}
			Flow.eventually().until(() -> this.broker.depth(PERMITS) == 4);
			this.client.sendText(KEEPER, "another");
			Flow.eventually().until(() -> this.broker.depth(KEEPER) == 1);
			Flow.throughout(Duration.ofSeconds(2)).until(() -> this.broker.depth(PERMITS) == 4);
		});
	}

	private ApplicationContextRunner application(int permits) {
		return Flow.application(this.broker.url(), this.script)
			.withPropertyValues("messaging.listener.concurrency=4",
					"messaging.processor.script.cluster-concurrency=" + permits);
	}

	private static int held(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).report("script").permitsHeld();
	}

	private static long processed(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).report("script").processed();
	}

}
