package org.activemessaging.quickstart.filters;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is sent.
 */
class Parcels {

	private final AtomicInteger count = new AtomicInteger();

	void add(int parcels) {
		this.count.addAndGet(parcels);
	}

	int count() {
		return this.count.get();
	}

}
