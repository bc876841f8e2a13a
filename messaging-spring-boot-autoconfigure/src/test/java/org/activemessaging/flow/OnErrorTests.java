package org.activemessaging.flow;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.AbortMessageException;
import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.OnError;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.processor.UnconvertibleMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class decides about the failures of its processors.
 */
class OnErrorTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void closestExceptionWins() {
		Cases cases = new Cases();
		application(cases).run((context) -> {
			for (String order : List.of("file", "io", "state")) {
				this.client.sendText(Flow.QUEUE, order);
			}
			Flow.eventually().until(() -> cases.decisions.size() == 3);
			assertThat(cases.decisions).containsExactly("FileNotFoundException file", "IOException io",
					"Exception state");
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
			assertThat(cases.calls).hasSize(3);
		});
	}

	@Test
	void whatTheFailedTryPublishedIsForgottenAndWhatIsPublishedInsteadLeaves() {
		Cases cases = new Cases();
		application(cases).run((context) -> {
			cases.publisher = context.getBean(MessagePublisher.class);
			this.client.sendText(Flow.QUEUE, "publish");
			assertThat(((TextMessage) this.client.receive("Failed")).getText()).isEqualTo("instead of publish");
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			Flow.eventually().until(() -> this.broker.depth("Failed") == 0);
			assertThat(this.broker.depth("Invoices")).isZero();
		});
	}

	@Test
	void rejectedMessageIsADeadLetterWithTheFailureAsItsCause() {
		application(new Cases()).run((context) -> {
			this.client.sendText(Flow.QUEUE, "reject");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty(MessagingHeaders.FAILURE_KIND)).isEqualTo("rejected");
			assertThat(letter.getIntProperty(MessagingHeaders.ATTEMPT)).isEqualTo(1);
			assertThat(letter.getStringProperty(MessagingHeaders.EXCEPTION_MESSAGE)).contains("hopeless");
			assertThat(letter.getStringProperty(MessagingHeaders.STACK)).contains("UnsupportedOperationException");
		});
	}

	@Test
	void abortedMessageComesAgainLaterWithoutImmediateTries() {
		Cases cases = new Cases();
		application(cases).run((context) -> {
			this.client.sendText(Flow.QUEUE, "abort");
			this.client.receive(Flow.DEAD_LETTERS);
			assertThat(cases.calls).hasSize(2);
		});
	}

	@Test
	void failureThatIsThrownAgainIsForTheRedeliveryPolicyAndEachTryIsAskedAbout() {
		Cases cases = new Cases();
		application(cases).run((context) -> {
			this.client.sendText(Flow.QUEUE, "rethrow");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty(MessagingHeaders.EXCEPTION_CLASS))
				.isEqualTo(IllegalArgumentException.class.getName());
			assertThat(cases.calls).hasSize(6);
			assertThat(cases.decisions).hasSize(6);
		});
	}

	@Test
	void decisionOfTheProcessorItselfAndAnErrorAreNotAskedAbout() {
		Cases cases = new Cases();
		application(cases).run((context) -> {
			this.client.sendText(Flow.QUEUE, "decided");
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty(MessagingHeaders.FAILURE_KIND))
				.isEqualTo("rejected");
			this.client.sendText(Flow.QUEUE, "error");
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty(MessagingHeaders.EXCEPTION_CLASS))
				.isEqualTo(AssertionError.class.getName());
			assertThat(cases.decisions).isEmpty();
		});
	}

	@Test
	void messageThatCannotBeReadCanBeDecidedAboutByItsHeaders() {
		Numbers numbers = new Numbers();
		application(numbers).run((context) -> {
			this.client.sendText(Flow.QUEUE, "no number");
			Flow.eventually().until(() -> !numbers.ids.isEmpty());
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
		});
	}

	@Test
	void methodThatCannotBeGivenTheMessageChangesNothing() {
		application(new PayloadLovers()).run((context) -> {
			this.client.sendText(Flow.QUEUE, "no number");
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty(MessagingHeaders.FAILURE_KIND))
				.isEqualTo("unconvertible");
		});
	}

	@Test
	void messageOfAProcessorThatAcknowledgesItselfIsAcknowledged() {
		Acknowledging acknowledging = new Acknowledging();
		application(acknowledging).run((context) -> {
			this.client.sendText(Flow.QUEUE, "order");
			Flow.eventually().until(() -> acknowledging.failures.size() == 1);
		});
		assertThat(this.broker.depth(Flow.QUEUE)).isZero();
	}

	private <T> ApplicationContextRunner application(T processor) {
		@SuppressWarnings("unchecked")
		Class<T> type = (Class<T>) processor.getClass();
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.invoices.queue=Invoices",
					"messaging.destination.failed.queue=Failed", "messaging.listener.redelivery.delayed=1")
			.withBean("bean", type, () -> processor);
	}

	@Processor
	static class Cases {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private final List<String> decisions = new CopyOnWriteArrayList<>();

		private volatile MessagePublisher publisher;

		@SubscribesTo("orders")
		void onOrder(String order) throws Exception {
			this.calls.add(order);
			switch (order) {
				case "file" -> throw new FileNotFoundException(order);
				case "io" -> throw new IOException(order);
				case "publish" -> {
					this.publisher.publish("invoices", "of a failed try");
					throw new ArithmeticException(order);
				}
				case "reject" -> throw new UnsupportedOperationException(order);
				case "abort" -> throw new NullPointerException(order);
				case "rethrow" -> throw new IllegalArgumentException(order);
				case "decided" -> throw new RejectMessageException(order);
				case "error" -> throw new AssertionError(order);
				default -> throw new IllegalStateException(order);
			}
		}

		@OnError
		void any(Exception failure, String order) {
			this.decisions.add("Exception " + order);
		}

		@OnError
		void io(IOException failure, org.springframework.messaging.Message<String> message) {
			this.decisions.add("IOException " + message.getPayload());
		}

		@OnError
		void file(Object order, FileNotFoundException failure) {
			this.decisions.add("FileNotFoundException " + order);
		}

		@OnError
		@PublishesTo("failed")
		String arithmetic(String order, ArithmeticException failure) {
			return "instead of " + order;
		}

		@OnError
		void unsupported(UnsupportedOperationException failure) {
			throw new RejectMessageException("hopeless");
		}

		@OnError
		void missing(NullPointerException failure) {
			throw new AbortMessageException("later");
		}

		@OnError
		void wrong(IllegalArgumentException failure) {
			this.decisions.add("again");
			throw failure;
		}

	}

	@Processor
	static class Numbers {

		private final List<String> ids = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onOrder(Integer number) {
		}

		@OnError
		void unreadable(UnconvertibleMessageException failure, @Header("jms_messageId") String id) {
			this.ids.add(id);
		}

	}

	@Processor
	static class PayloadLovers {

		@SubscribesTo("orders")
		void onOrder(Integer number) {
		}

		@OnError
		void any(Exception failure, Integer number) {
		}

	}

	@Processor
	static class Acknowledging {

		private final List<Exception> failures = new CopyOnWriteArrayList<>();

		@SubscribesTo(value = "orders", acknowledge = "client")
		void onOrder(String order, Acknowledgment acknowledgment) {
			throw new IllegalStateException(order);
		}

		@OnError
		void any(Exception failure) {
			this.failures.add(failure);
		}

	}

}
