package org.activemessaging.broker.stomp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the messages of a queue, which ActiveMQ alone allows over STOMP.
 */
final class StompBrowser implements QueueBrowser {

	/**
	 * How many messages ActiveMQ shows, unless it is told otherwise.
	 */
	static final int LIMIT = 400;

	private final StompSession session;

	private final Queue queue;

	private final @Nullable String selector;

	StompBrowser(StompSession session, Queue queue, @Nullable String selector) throws JMSException {
		if (session.socket().dialect() != StompDialect.ACTIVEMQ) {
			throw new JMSException("This broker does not support browsing over STOMP");
		}
		this.session = session;
		this.queue = queue;
		this.selector = selector;
	}

	@Override
	public Queue getQueue() {
		return this.queue;
	}

	@Override
	public @Nullable String getMessageSelector() {
		return this.selector;
	}

	@Override
	public Enumeration<Message> getEnumeration() throws JMSException {
		StompSocket socket = this.session.socket();
		List<StompFrame> frames = new StompRequests(socket).browse(Address.queue(this.queue.getQueueName()),
				this.selector, LIMIT, socket.options().receiptTimeout().toMillis());
		List<Message> messages = new ArrayList<>();
		for (StompFrame frame : frames) {
			messages.add(StompMessages.message(frame, socket.dialect(), 0));
		}
		return Collections.enumeration(messages);
	}

	@Override
	public void close() {
	}

}
