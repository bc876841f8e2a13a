package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;

/**
 * What is known of messages that had to go back to the broker, which keeps no header of
 * ours for them.
 */
final class FailureNotes {

	private static final Note NONE = new Note(0, null);

	private final RememberedMessages<Note> notes = new RememberedMessages<>();

	Note of(Message message) throws JMSException {
		Note note = this.notes.get(message);
		return (note != null) ? note : NONE;
	}

	void put(Message message, int attempt, @Nullable Throwable failure) throws JMSException {
		this.notes.put(message, new Note(attempt, failure));
	}

	void done(Message message) throws JMSException {
		this.notes.remove(message);
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
