package org.activemessaging.listener;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.jms.JMSException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.StopFilterException;
import org.activemessaging.WindowFailureException;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorMethod;
import org.activemessaging.processor.UnconvertibleMessageException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * The first try of the messages of a window, in one call of a processor that takes a
 * list. The filters of each message are around the call, those of the first message
 * outermost, and each sees what became of its own message. Of a call that fails without
 * saying which messages have failed nothing remains, and each of them is tried alone.
 */
final class WindowTry {

	private static final Log logger = LogFactory.getLog(WindowTry.class);

	private static final ThreadLocal<WindowTry> CURRENT = new ThreadLocal<>();

	// The filters of all messages of a call stand on the stack of one thread.
	private static final int LARGEST_CALL = 200;

	private final List<Entry> entries = new ArrayList<>();

	private final Set<String> heldGroups = new HashSet<>();

	private final ProcessorCall call;

	private final ProcessorMethod method;

	private List<Entry> together = List.of();

	private List<Entry> taken = List.of();

	private int next;

	private @Nullable Throwable undone;

	WindowTry(ProcessorCall call, ProcessorMethod method) {
		this.call = call;
		this.method = method;
	}

	/**
	 * Returns the end of the filters of a processor.
	 * @param method its method
	 * @return what calls the method with one message, or takes the message into the call
	 * that this thread is about to make
	 */
	static FilterChain endOf(ProcessorMethod method) {
		if (!method.takesWindow()) {
			return method::handle;
		}
		return (message) -> {
			WindowTry window = CURRENT.get();
			if (window != null) {
				window.take(message);
			}
			else {
				method.handle(message);
			}
		};
	}

	/**
	 * Adds a message of the window.
	 * @param message the message
	 * @param together whether it may be tried together with others
	 * @throws JMSException if the message cannot be read
	 */
	void add(jakarta.jms.Message message, boolean together) throws JMSException {
		this.entries.add(new Entry(message, message.getStringProperty(MessagingHeaders.GROUP), together));
	}

	/**
	 * Makes the try.
	 * @param transaction the transaction in which the messages were received
	 * @return for each message what the try has come to, or {@code null} if it is to be
	 * tried alone
	 * @throws JMSException if the broker refuses what was published
	 */
	List<@Nullable EarlierTry> run(ConsumerTransaction transaction) throws JMSException {
		for (List<Entry> some = open(); some.size() > 1; some = open()) {
			call(some, transaction);
		}
		List<@Nullable EarlierTry> tries = new ArrayList<>();
		for (Entry entry : this.entries) {
			tries.add(entry.settled ? (session) -> entry.failure : null);
		}
		return tries;
	}

	// Behind a message that has failed, those of its message group have to wait for it.
	private List<Entry> open() {
		return this.entries.stream()
			.filter((entry) -> entry.together && !entry.settled)
			.filter((entry) -> entry.group == null || !this.heldGroups.contains(entry.group))
			.limit(LARGEST_CALL)
			.toList();
	}

	private void call(List<Entry> some, ConsumerTransaction transaction) throws JMSException {
		List<jakarta.jms.Message> messages = some.stream().map((entry) -> entry.message).toList();
		try (ProcessObserver.Observed observed = this.call.tries().begin(messages)) {
			call(some, messages, transaction, observed);
		}
	}

	private void call(List<Entry> some, List<jakarta.jms.Message> messages, ConsumerTransaction transaction,
			ProcessObserver.Observed observed) throws JMSException {
		long startedAt = System.nanoTime();
		this.together = some;
		this.taken = new ArrayList<>();
		this.undone = null;
		transaction.open(() -> this.call.cause(messages));
		CURRENT.set(this);
		try {
			enter(0);
			if (this.undone != null) {
				undo(some, this.undone, observed);
				return;
			}
			transaction.flush();
		}
		catch (JMSException ex) {
			observed.failed(ex);
			throw ex;
		}
		finally {
			CURRENT.remove();
			transaction.close();
		}
		long nanos = (System.nanoTime() - startedAt) / some.size();
		for (Entry entry : some) {
			settle(entry, startedAt, nanos, observed);
		}
	}

	private void undo(List<Entry> some, Throwable failure, ProcessObserver.Observed observed) throws JMSException {
		observed.failed(failure);
		for (Entry entry : some) {
			entry.together = false;
			this.call.tries().failed(entry.message, observed);
		}
	}

	// Whatever its filters have made of it: a message that was not tried is not done.
	private void settle(Entry entry, long startedAt, long nanos, ProcessObserver.Observed observed)
			throws JMSException {
		if (entry.outcome instanceof NotTriedError) {
			return;
		}
		entry.settled = true;
		if (entry.failure == null) {
			this.call.succeeded(entry.message, startedAt, nanos);
			return;
		}
		this.call.failed(entry.message, entry.failure, nanos, observed);
		if (entry.group != null) {
			this.heldGroups.add(entry.group);
		}
	}

	private void enter(int index) {
		if (index == this.together.size()) {
			callMethod();
			return;
		}
		Entry entry = this.together.get(index);
		entry.taken = false;
		entry.outcome = null;
		this.next = index;
		entry.failure = this.call.process(entry.message, null);
		if (!entry.taken) {
			enter(index + 1);
		}
	}

	private void take(Message<?> message) throws Exception {
		int index = this.next;
		Entry entry = this.together.get(index);
		if (entry.taken) {
			throw new IllegalStateException("A filter may proceed only once with a message of a window");
		}
		entry.taken = true;
		try {
			entry.element = this.method.read(message);
			this.taken.add(entry);
		}
		catch (UnconvertibleMessageException ex) {
			entry.outcome = ex;
		}
		enter(index + 1);
		this.next = index;
		entry.end();
	}

	private void callMethod() {
		if (this.taken.isEmpty()) {
			return;
		}
		try {
			this.method.handle(this.taken.stream().map((entry) -> entry.element).toList());
		}
		catch (WindowFailureException ex) {
			failed(ex);
		}
		catch (Throwable ex) {
			failed(ex);
		}
		ConsumerTransaction transaction = ConsumerTransaction.current();
		if (transaction != null) {
			transaction.keep();
		}
	}

	private void failed(WindowFailureException failure) {
		List<Integer> indices = List.copyOf(failure.getFailures().keySet());
		int last = indices.get(indices.size() - 1);
		if (last >= this.taken.size()) {
			failed((Throwable) failure);
			return;
		}
		failure.getFailures().forEach((index, cause) -> this.taken.get(index).outcome = cause);
		if (failure.isStopped()) {
			this.taken.subList(last + 1, this.taken.size()).forEach((entry) -> entry.outcome = new NotTriedError());
		}
	}

	private void failed(Throwable failure) {
		if (this.taken.size() == 1) {
			this.taken.get(0).outcome = failure;
			return;
		}
		logger.debug("A window of " + this.taken.size() + " messages has failed, which are tried one by one", failure);
		this.undone = failure;
		this.taken.forEach((entry) -> entry.outcome = new NotTriedError());
	}

	/**
	 * A message of the window.
	 */
	private static final class Entry {

		private final jakarta.jms.Message message;

		private final @Nullable String group;

		private boolean together;

		private boolean taken;

		private @Nullable Object element;

		private @Nullable Throwable outcome;

		private @Nullable Throwable failure;

		private boolean settled;

		Entry(jakarta.jms.Message message, @Nullable String group, boolean together) {
			this.message = message;
			this.group = group;
			this.together = together;
		}

		void end() throws Exception {
			if (this.outcome instanceof Error error) {
				throw error;
			}
			if (this.outcome instanceof Exception exception && !(exception instanceof StopFilterException)) {
				throw exception;
			}
			if (this.outcome != null) {
				throw new IllegalStateException("No failure that a processor may name", this.outcome);
			}
		}

	}

	/**
	 * What filters see when their message is tried again, with fewer others. An error, so
	 * that nobody takes it for a failure to decide about.
	 */
	private static final class NotTriedError extends Error {

		private static final long serialVersionUID = 1L;

		NotTriedError() {
			super("not tried yet", null, false, false);
		}

	}

}
