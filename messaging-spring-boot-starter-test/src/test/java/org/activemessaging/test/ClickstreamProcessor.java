package org.activemessaging.test;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

/**
 * Begins a session with each click, and takes no click without a page.
 */
@Processor
class ClickstreamProcessor {

	private final MessagePublisher publisher;

	ClickstreamProcessor(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	@SubscribesTo("clickstream")
	void onMessage(Click click) {
		if (click.uri() == null) {
			throw new IllegalArgumentException("A click has a page");
		}
		this.publisher.publish("sessions", new Session(click.session()));
	}

}
