package org.activemessaging.quickstart.model;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

class SearchIndex {

	private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();

	void add(Visit visit) {
		if (visit.from().equals("spam.example")) {
			throw new IllegalArgumentException("not indexed: " + visit.from());
		}
		this.visits.add(visit);
	}

	void refresh() {
	}

	Queue<Visit> visits() {
		return this.visits;
	}

}
