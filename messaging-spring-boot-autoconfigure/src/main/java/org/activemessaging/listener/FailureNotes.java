package org.activemessaging.listener;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;

/**
 * What is known of messages that had to go back to the broker, which keeps no header of
 * ours for them.
 */
final class FailureNotes {

	private static final Note NONE = new Note(0, null);

	// Bounded: such a message may come again to another instance.
	private static final int MAX_NOTES = 1000;

	private final Map<String, Note> notes = Collections.synchronizedMap(new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Note> eldest) {
			return size() > MAX_NOTES;
		}

	});

	Note of(Message message) throws JMSException {
		return this.notes.isEmpty() ? NONE : this.notes.getOrDefault(Delivery.id(message), NONE);
	}

	void put(Message message, int attempt, @Nullable Throwable failure) throws JMSException {
		this.notes.put(Delivery.id(message), new Note(attempt, failure));
	}

	void done(Message message) throws JMSException {
		if (!this.notes.isEmpty()) {
			this.notes.remove(Delivery.id(message));
		}
	}

	/**
	 * What is known of a message.
	 *
	 * @param attempt how often it has failed
	 * @param failure the failure after these, if it could not be dealt with yet
	 */
	record Note(int attempt, @Nullable Throwable failure) {
	}

}
