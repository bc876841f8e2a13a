package org.activemessaging.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.Message;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message that fails is tried again as configured, and then kept with its cause.
 */
abstract class RedeliveryArea extends Area {

	@Test
	void immediateTriesAreFollowedByTheDeadLetter() throws Exception {
		Recorder recorder = failing();
		Application application = start(application(recorder).redelivery(2, 0));
		application.publish("order");
		Message letter = raw().take(application.deadLetters(null));
		assertThat(recorder.calls()).hasSize(3);
		assertThat(number(letter, "am_attempt")).isEqualTo(3);
	}

	@Test
	void delayedTriesComeAfterTheirDelay() throws Exception {
		Recorder recorder = failing();
		Application application = start(
				application(recorder).redelivery(0, 2).with("messaging.listener.redelivery.delay", "400ms"));
		application.publish("order");
		Message letter = raw().take(application.deadLetters(null));
		List<Recorder.Call> calls = recorder.calls();
		assertThat(calls).hasSize(3);
		assertThat(calls.get(1).at() - calls.get(0).at()).isGreaterThanOrEqualTo(400_000_000L);
		assertThat(calls.get(2).at() - calls.get(1).at()).isGreaterThanOrEqualTo(400_000_000L);
		assertThat(calls).extracting(Recorder.Call::id).containsOnly(letter.getStringProperty("am_id"));
	}

	@Test
	void messageThatSucceedsLaterIsDone() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		Recorder recorder = new Recorder((message) -> {
			if (tries.incrementAndGet() < 4) {
				throw new IllegalStateException("not yet");
			}
		});
		Application application = start(application(recorder).redelivery(1, 3));
		application.publish("order");
		Flow.eventually().until(() -> recorder.completed().equals(List.of("order")));
		assertThat(recorder.calls()).hasSize(4);
		raw().prepare(application.deadLetters(null));
		assertThat(raw().drain(application.deadLetters(null))).isEmpty();
	}

	@Test
	void deadLetterHasPayloadHeadersAndCause() throws Exception {
		Recorder recorder = failing();
		Application application = start(application(recorder).redelivery(0, 0));
		application.publication().header("colour", "red").correlationId("c-1").publish("Grüße");
		Message letter = raw().take(application.deadLetters(null));
		assertThat(RawClient.text(letter)).isEqualTo("Grüße");
		assertThat(letter.getStringProperty("colour")).isEqualTo("red");
		assertThat(letter.getJMSCorrelationID()).isEqualTo("c-1");
		assertThat(letter.getStringProperty("am_id")).isEqualTo(recorder.calls().get(0).id());
		assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("handler");
		assertThat(letter.getStringProperty("am_exception_class")).isEqualTo(IllegalStateException.class.getName());
		assertThat(letter.getStringProperty("am_exception_message")).isEqualTo("on purpose: no");
		assertThat(letter.getStringProperty("am_processor")).isEqualTo(Recorder.ID);
		assertThat(letter.getStringProperty("am_orig_address")).isEqualTo(queue().name());
		assertThat(number(letter, "am_attempt")).isEqualTo(1);
	}

	@Test
	void bytesAreStillBytesAsADeadLetter() throws Exception {
		Application application = start(application(failing()).redelivery(0, 1));
		application.publication().publish("bytes".getBytes(StandardCharsets.UTF_8));
		Message letter = raw().take(application.deadLetters(null));
		assertThat(letter).isInstanceOf(jakarta.jms.BytesMessage.class);
		assertThat(RawClient.text(letter)).isEqualTo("bytes");
	}

	@Test
	void rejectedIsADeadLetterAtOnce() throws Exception {
		Recorder recorder = new Recorder((message) -> {
			throw new RejectMessageException("never");
		});
		Application application = start(application(recorder).redelivery(3, 3));
		application.publish("order");
		Message letter = raw().take(application.deadLetters(null));
		assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("rejected");
		assertThat(recorder.calls()).hasSize(1);
	}

	@Test
	void unconvertibleIsADeadLetterAtOnce() throws Exception {
		OrderProcessor processor = new OrderProcessor();
		Application application = start(application(processor).redelivery(3, 3));
		application.publication().contentType("application/json").publish("{not json");
		Message letter = raw().take(application.deadLetters(null));
		assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("unconvertible");
		assertThat(RawClient.text(letter)).isEqualTo("{not json");
		assertThat(processor.calls).hasValue(0);
	}

	@Test
	void triesAreCountedOverRestartsOfTheApplication() throws Exception {
		start(application()).publish("order");
		int calls = 0;
		Application application = null;
		while (calls < 3) {
			Recorder recorder = failing();
			application = application(recorder).redelivery(0, 2).start();
			Flow.eventually().until(() -> !recorder.calls().isEmpty());
			application.close();
			calls += recorder.calls().size();
		}
		assertThat(calls).isEqualTo(3);
		Recorder last = new Recorder();
		application = start(application(last));
		Message letter = raw().take(application.deadLetters(null));
		assertThat(number(letter, "am_attempt")).isEqualTo(3);
		assertThat(last.calls()).isEmpty();
	}

	private static int number(Message message, String name) throws Exception {
		return Integer.parseInt(String.valueOf(message.getObjectProperty(name)));
	}

	private static Recorder failing() {
		return new Recorder((message) -> {
			throw new IllegalStateException("on purpose: no");
		});
	}

	/**
	 * Wants orders.
	 */
	@Processor
	static class OrderProcessor {

		private final AtomicInteger calls = new AtomicInteger();

		@SubscribesTo(value = "${contract.destination}", id = Recorder.ID)
		void onMessage(Order order) {
			this.calls.incrementAndGet();
		}

	}

	/**
	 * An order.
	 */
	record Order(String id) {
	}

}
