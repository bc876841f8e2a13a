package org.activemessaging.listener;

import java.util.ArrayList;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * The messages of one transaction, in the order they were received, and what became of
 * them.
 */
final class Window {

	private final List<Message> messages = new ArrayList<>();

	private final List<Outcome> outcomes = new ArrayList<>();

	void add(Message message) {
		this.messages.add(message);
	}

	void add(Outcome outcome) {
		this.outcomes.add(outcome);
	}

	int size() {
		return this.messages.size();
	}

	boolean isSingle() {
		return this.messages.size() == 1;
	}

	Message message(int index) {
		return this.messages.get(index);
	}

	List<Message> messages() {
		return this.messages;
	}

	Message last() {
		return this.messages.get(this.messages.size() - 1);
	}

	boolean lastMoved() {
		return this.outcomes.get(this.outcomes.size() - 1).moved();
	}

	void committed(InboundFlow flow) throws JMSException {
		for (int i = 0; i < this.messages.size(); i++) {
			flow.committed(this.messages.get(i), this.outcomes.get(i));
		}
	}

	void givenBack(InboundFlow flow) throws JMSException {
		for (Message message : this.messages) {
			flow.givenBack(message);
		}
	}

}
