package org.activemessaging.listener;

import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Has the tries of a processor observed, and knows by what the last one that has failed
 * is known to the next.
 */
final class ObservedTries {

	private final Remembered<String> failed = new Remembered<>("");

	private final ProcessorDefinition processor;

	private final ProcessObserver observer;

	ObservedTries(ProcessorDefinition processor, ProcessObserver observer) {
		this.processor = processor;
		this.observer = observer;
	}

	ProcessObserver.Observed begin(Message message) throws JMSException {
		return (this.observer != ProcessObserver.NONE) ? begin(List.of(message)) : ProcessObserver.Observed.NONE;
	}

	ProcessObserver.Observed begin(List<Message> messages) throws JMSException {
		if (this.observer == ProcessObserver.NONE) {
			return ProcessObserver.Observed.NONE;
		}
		ObservedMessage[] observed = new ObservedMessage[messages.size()];
		for (int i = 0; i < observed.length; i++) {
			observed[i] = ObservedMessage.of(messages.get(i), trace(messages.get(i)));
		}
		return this.observer.begin(this.processor, List.of(observed));
	}

	void failed(Message message, ProcessObserver.Observed observed) throws JMSException {
		String trace = observed.trace();
		if (trace != null) {
			this.failed.change(message, (before) -> trace);
		}
	}

	/**
	 * Returns what a message takes with it when it is moved.
	 * @param message the message
	 * @return the trace context of the last try that has failed, or {@code null} if there
	 * is none
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable String trace(Message message) throws JMSException {
		String here = this.failed.of(message);
		return here.isEmpty() ? null : here;
	}

	void done(Message message) throws JMSException {
		this.failed.forget(message);
	}

}
