package org.activemessaging.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.Message;
import jakarta.jms.Queue;
import org.activemessaging.MessageRequester;
import org.activemessaging.NoReplyException;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.flow.Flow;
import org.activemessaging.request.ReplyListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A request gets the result of the processor as its reply.
 */
abstract class RequestArea extends Area {

	private static final Duration LONG = Duration.ofSeconds(20);

	@Test
	void resultOfAProcessorIsTheReply() {
		start(application(new Responder(new CountDownLatch(0)))).awaitListening();
		MessageRequester requester = start(application()).requester();
		for (int i = 0; i < 3; i++) {
			assertThat(requester.to(name()).timeout(LONG).request("question " + i, String.class))
				.isEqualTo("answer to question " + i);
		}
	}

	@Test
	void requestThatNobodyAnswersEndsAtItsDeadline() {
		CountDownLatch thinking = new CountDownLatch(1);
		start(application(new Responder(thinking))).awaitListening();
		MessageRequester requester = start(application()).requester();
		assertThatExceptionOfType(NoReplyException.class)
			.isThrownBy(() -> requester.to(name()).timeout(Duration.ofSeconds(2)).request("slow", String.class))
			.withMessageContaining("within 2000 ms");
		thinking.countDown();
		assertThat(requester.to(name()).timeout(LONG).request("fast", String.class)).isEqualTo("answer to fast");
	}

	@Test
	void secondReplyIsDroppedAndCounted() throws Exception {
		Late late = new Late();
		Application requester = start(application(late));
		CompletableFuture<String> reply = requester.requester()
			.to(name())
			.timeout(LONG)
			.requestAsync("question", String.class);
		RawClient raw = raw();
		Message request = raw.take(queue());
		Address replies = Address.queue(((Queue) request.getJMSReplyTo()).getQueueName());
		for (String text : List.of("first", "second")) {
			raw.send(replies, text, (answer) -> answer.setJMSCorrelationID(request.getJMSCorrelationID()),
					Message.DEFAULT_PRIORITY, 0);
		}
		assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("first");
		Flow.eventually().untilAsserted(() -> assertThat(late.count).hasValue(1));
	}

	/**
	 * Answers.
	 */
	@Processor
	static class Responder {

		private final CountDownLatch thinking;

		Responder(CountDownLatch thinking) {
			this.thinking = thinking;
		}

		@SubscribesTo(value = "${contract.destination}", id = Recorder.ID)
		String onMessage(String payload) throws InterruptedException {
			this.thinking.await(20, TimeUnit.SECONDS);
			return "answer to " + payload;
		}

	}

	/**
	 * Counts late replies.
	 */
	static class Late implements ReplyListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void late(Broker broker) {
			this.count.incrementAndGet();
		}

	}

}
