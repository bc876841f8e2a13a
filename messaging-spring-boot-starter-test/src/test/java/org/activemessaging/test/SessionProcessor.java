package org.activemessaging.test;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

/**
 * Adds each session to the visits.
 */
@Processor
class SessionProcessor {

	private final Visits visits;

	SessionProcessor(Visits visits) {
		this.visits = visits;
	}

	@SubscribesTo("sessions")
	void onMessage(Session session) {
		this.visits.add(session.id());
	}

}
