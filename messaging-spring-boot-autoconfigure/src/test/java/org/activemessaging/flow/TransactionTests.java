package org.activemessaging.flow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.activemessaging.MessagePublisher;
import org.activemessaging.RejectMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to a message takes effect with its acknowledgement or not at all.
 */
class TransactionTests {

	private final TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void deadLetterIsWrittenOnceThoughItsCommitFailed() {
		Script script = new Script((message) -> {
			throw new RejectMessageException("never");
		});
		this.broker.failCommits(2);
		Flow.application(this.broker.url(), script).run((context) -> {
			try (PlainClient client = this.broker.client()) {
				client.send(Flow.QUEUE, (session) -> session.createTextMessage("bad"));
			}
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.calls()).hasSize(1);
			assertThat(this.broker.deadLetters()).hasSize(1);
		});
	}

	@Test
	void messageIsDelayedOnceThoughItsCommitFailed() {
		AtomicBoolean healthy = new AtomicBoolean();
		Script script = new Script((message) -> {
			if (!healthy.get()) {
				throw new IllegalStateException("not yet");
			}
		});
		this.broker.failCommits(2);
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delay=5s")
			.run((context) -> {
				try (PlainClient client = this.broker.client()) {
					client.send(Flow.QUEUE, (session) -> session.createTextMessage("order"));
				}
				Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.calls()).hasSize(1);
				assertThat(this.broker.depth("DELAY.voyeur.4s")).isEqualTo(1);
			});
	}

	@Test
	void outputIsSentOnceThoughItsCommitFailed() {
		AtomicReference<MessagePublisher> publisher = new AtomicReference<>();
		Script script = new Script((message) -> publisher.get().publish("invoices", "invoice"));
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				publisher.set(context.getBean(MessagePublisher.class));
				this.broker.failCommits(2);
				try (PlainClient client = this.broker.client()) {
					client.send(Flow.QUEUE, (session) -> session.createTextMessage("order"));
				}
				Flow.eventually().until(() -> script.calls().size() >= 3 && this.broker.depth(Flow.QUEUE) == 0);
				assertThat(script.calls()).hasSize(3);
				assertThat(this.broker.depth("Invoices")).isEqualTo(1);
			});
	}

	// A consumer that is lost counts for all that it was handed, also for what nobody
	// saw.
	@Test
	void lostConnectionsUseUpNoTries() {
		AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(1));
		Script script = new Script((message) -> gate.get().await(20, TimeUnit.SECONDS));
		Flow.application(this.broker.url(), script).run((context) -> {
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, 0, 10);
			}
			for (int cut = 0; cut < 8; cut++) {
				Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) > 0 && script.running() == 1);
				// Long enough for the window to close after this message.
				Flow.work(Duration.ofMillis(120));
				this.broker.cutConnections();
				Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) == 0);
				gate.getAndSet(new CountDownLatch(1)).countDown();
			}
			gate.get().countDown();
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(script.completed()).contains("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

}
