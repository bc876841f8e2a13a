package org.activemessaging.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.OnError;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.RejectMessageException;
import org.activemessaging.StopFilterException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.WindowFailureException;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.MessageFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A processor that takes a list handles the messages of a window in one call.
 */
class WholeWindowTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void messagesOfAWindowComeInOneCallAndWhatIsReturnedLeavesWithThem() {
		Windows windows = new Windows((numbers) -> {
		});
		run(windows, 31, () -> {
			Flow.eventually().until(() -> windows.handled().size() == 31);
			assertThat(windows.handled()).containsExactlyElementsOf(numbers(0, 31));
			// The first message is looked at alone.
			assertThat(windows.calls.size()).isLessThan(31);
			Flow.eventually().until(() -> this.broker.depth("Sums") == windows.calls.size());
		});
	}

	@Test
	void afterAPlainExceptionEachIsTriedAloneAndOnlyThatIsCounted() {
		Windows windows = new Windows((numbers) -> {
			if (numbers.contains(5)) {
				throw new IllegalStateException("one of them");
			}
		});
		run(windows, 10, () -> {
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(((TextMessage) letter).getText()).isEqualTo("5");
			assertThat(letter.getIntProperty(MessagingHeaders.ATTEMPT)).isEqualTo(3);
			Flow.eventually().until(() -> windows.succeeded().size() == 9);
			assertThat(windows.succeeded()).doesNotHaveDuplicates();
			assertThat(windows.calls.stream().filter((call) -> call.equals(List.of(5)))).hasSize(3);
			// Nothing of the call that failed is published.
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.broker.depth("Sums")).isEqualTo(windows.succeededCalls());
		});
	}

	@Test
	void behindTheOneThatFailedTheRestIsHandledInAnotherCall() {
		Windows windows = new Windows((numbers) -> {
			int index = numbers.indexOf(5);
			if (index >= 0) {
				throw WindowFailureException.stoppedAt(index, new IllegalStateException("five"));
			}
		});
		run(windows, 10, () -> {
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getIntProperty(MessagingHeaders.ATTEMPT)).isEqualTo(3);
			assertThat(letter.getStringProperty(MessagingHeaders.EXCEPTION_MESSAGE)).isEqualTo("five");
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(windows.handled().stream().filter((number) -> number < 5)).containsExactly(0, 1, 2, 3, 4);
			List<Integer> failed = windows.calls.stream().filter((call) -> call.contains(5)).findFirst().orElseThrow();
			List<Integer> behind = failed.subList(failed.indexOf(5) + 1, failed.size());
			assertThat(windows.calls).anyMatch((call) -> call.equals(behind) || behind.size() < 2);
			assertThat(windows.succeeded()).contains(6, 7, 8, 9).doesNotHaveDuplicates();
		});
	}

	@Test
	void allButThoseThatAreNamedAreDone() {
		Set<Integer> blamed = new TreeSet<>();
		Windows windows = new Windows((numbers) -> {
			Map<Integer, Throwable> failures = new TreeMap<>();
			if (numbers.contains(3) && blamed.add(3)) {
				failures.put(numbers.indexOf(3), new IllegalStateException("three"));
			}
			if (numbers.contains(7)) {
				failures.put(numbers.indexOf(7), new RejectMessageException("seven"));
			}
			if (!failures.isEmpty()) {
				throw WindowFailureException.failed(failures);
			}
		});
		run(windows, 10, () -> {
			assertThat(((TextMessage) this.client.receive(Flow.DEAD_LETTERS)).getText()).isEqualTo("7");
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(windows.handled()).containsExactlyInAnyOrderElementsOf(append(numbers(0, 10), 3));
			assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
		});
	}

	@Test
	void indexThatThereIsNotBlamesNobody() {
		Windows windows = new Windows((numbers) -> {
			if (numbers.size() > 1) {
				throw WindowFailureException.stoppedAt(numbers.size(), new IllegalStateException("nobody"));
			}
		});
		run(windows, 10, () -> {
			Flow.eventually().until(() -> windows.succeeded().size() == 10);
			assertThat(windows.succeededCalls()).isEqualTo(10);
		});
		assertThatIllegalArgumentException().isThrownBy(() -> WindowFailureException.failed(Map.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WindowFailureException.stoppedAt(-1, new IllegalStateException()));
	}

	@Test
	void messageThatCannotBeReadIsADeadLetterAndNoneOfTheOthers() {
		Windows windows = new Windows((numbers) -> {
		});
		this.client.sendText(Flow.QUEUE, "0", "1", "two", "3", "4");
		application(windows).run((context) -> {
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty(MessagingHeaders.FAILURE_KIND)).isEqualTo("unconvertible");
			Flow.eventually().until(() -> windows.handled().size() == 4);
			assertThat(windows.handled()).containsExactly(0, 1, 3, 4);
		});
	}

	@Test
	void filtersAreAroundTheCallAndEachSeesWhatBecameOfItsOwnMessage() {
		List<String> seen = new CopyOnWriteArrayList<>();
		MessageFilter filter = (message, routing, chain) -> {
			if (routing.direction() == Direction.OUTBOUND) {
				chain.proceed(message);
				return;
			}
			if (message.getPayload().equals("4")) {
				throw new StopFilterException("not this one");
			}
			try {
				chain.proceed(message);
				seen.add("done " + message.getPayload());
			}
			catch (IllegalStateException ex) {
				seen.add(ex.getMessage() + " " + message.getPayload());
				throw ex;
			}
		};
		Set<Integer> blamed = new TreeSet<>();
		Windows windows = new Windows((numbers) -> {
			if (numbers.contains(5) && blamed.add(5)) {
				throw WindowFailureException.failed(Map.of(numbers.indexOf(5), new IllegalStateException("failed")));
			}
		});
		this.client.sendText(Flow.QUEUE, 0, 10);
		application(windows).withBean(MessageFilter.class, () -> filter).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(windows.handled()).doesNotContain(4);
			assertThat(seen).contains("failed 5", "done 5").filteredOn((text) -> text.startsWith("done")).hasSize(9);
		});
	}

	@Test
	void failuresAreDecidedOneByOneAndWhatTheCallPublishedStays() {
		Deciding deciding = new Deciding();
		this.client.sendText(Flow.QUEUE, 0, 10);
		application(deciding).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(deciding.decisions).containsExactlyInAnyOrder("3", "6");
			assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
			assertThat(this.client.drainTexts("Sums")).containsExactlyInAnyOrder("instead of 3", "instead of 6");
		});
	}

	@Test
	void messagesOfAGroupWaitForTheOneThatHasFailed() {
		Windows windows = new Windows((numbers) -> {
			int index = numbers.indexOf(3);
			if (index >= 0 && numbers.size() > 1) {
				throw WindowFailureException.stoppedAt(index, new IllegalStateException("three"));
			}
		});
		for (int i = 0; i < 8; i++) {
			this.client.send(Flow.QUEUE, String.valueOf(i), Map.of("JMSXGroupID", (i % 2 == 0) ? "even" : "odd"));
		}
		application(windows).run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(windows.succeeded().stream().filter((number) -> number % 2 == 1)).containsSubsequence(3, 5, 7);
			assertThat(windows.succeeded().stream().filter((number) -> number % 2 == 0)).isSorted();
		});
	}

	private void run(Windows windows, int messages, Assertions assertions) {
		this.client.sendText(Flow.QUEUE, 0, messages);
		application(windows).run((context) -> assertions.run());
	}

	private <T> ApplicationContextRunner application(T processor) {
		@SuppressWarnings("unchecked")
		Class<T> type = (Class<T>) processor.getClass();
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.sums.queue=Sums", "messaging.listener.window=50",
					"messaging.listener.redelivery.delayed=0")
			.withBean("bean", type, () -> processor);
	}

	private static List<Integer> numbers(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	private static List<Integer> append(List<Integer> numbers, int number) {
		List<Integer> result = new ArrayList<>(numbers);
		result.add(number);
		return result;
	}

	@FunctionalInterface
	interface Assertions {

		void run() throws Exception;

	}

	@Processor
	static class Windows {

		private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();

		private final List<List<Integer>> succeeded = new CopyOnWriteArrayList<>();

		private final Consumer<List<Integer>> step;

		Windows(Consumer<List<Integer>> step) {
			this.step = step;
		}

		@SubscribesTo("orders")
		@PublishesTo("sums")
		int onOrders(List<Integer> numbers) {
			this.calls.add(List.copyOf(numbers));
			this.step.accept(numbers);
			this.succeeded.add(List.copyOf(numbers));
			return numbers.stream().mapToInt(Integer::intValue).sum();
		}

		List<Integer> handled() {
			return this.calls.stream().flatMap(List::stream).toList();
		}

		List<Integer> succeeded() {
			return this.succeeded.stream().flatMap(List::stream).toList();
		}

		int succeededCalls() {
			return this.succeeded.size();
		}

	}

	@Processor
	static class Deciding {

		private final List<String> decisions = new CopyOnWriteArrayList<>();

		@SubscribesTo("orders")
		void onOrders(List<String> numbers) {
			Map<Integer, Throwable> failures = new TreeMap<>();
			for (String failed : List.of("3", "6")) {
				if (numbers.contains(failed)) {
					failures.put(numbers.indexOf(failed), new IllegalStateException(failed));
				}
			}
			if (!failures.isEmpty()) {
				throw WindowFailureException.failed(failures);
			}
		}

		@OnError
		@PublishesTo("sums")
		String onError(IllegalStateException failure, String number) {
			this.decisions.add(number);
			return "instead of " + number;
		}

	}

}
