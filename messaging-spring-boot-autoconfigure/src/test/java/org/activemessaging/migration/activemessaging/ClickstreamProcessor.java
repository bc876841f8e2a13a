package org.activemessaging.migration.activemessaging;

import org.activemessaging.AbortMessageException;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;

@Processor
@SubscribesTo("clickstream")
class ClickstreamProcessor {

	private final Visits visits;

	private final MessagePublisher publisher;

	ClickstreamProcessor(Visits visits, MessagePublisher publisher) {
		this.visits = visits;
		this.publisher = publisher;
	}

	void onMessage(Click click) {
		if (click.session() == null) {
			throw new RejectMessageException("a click without a session");
		}
		if (!this.visits.isOpen()) {
			throw new AbortMessageException("the database is being moved");
		}
		this.visits.add(click);
		this.publisher.publish("visits", click.session());
	}

}
