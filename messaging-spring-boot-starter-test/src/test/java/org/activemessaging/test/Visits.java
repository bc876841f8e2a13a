package org.activemessaging.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.stereotype.Service;

/**
 * Counts visits, without looking whether it has counted one before: no component of a
 * {@link MessagingTest}.
 */
@Service
class Visits {

	private final List<String> sessions = new CopyOnWriteArrayList<>();

	void add(String session) {
		this.sessions.add(session);
	}

	List<String> sessions() {
		return this.sessions;
	}

}
