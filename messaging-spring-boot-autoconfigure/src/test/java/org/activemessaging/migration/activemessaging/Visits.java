package org.activemessaging.migration.activemessaging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.stereotype.Component;

/**
 * Stands for the database of the page: closed for the first click.
 */
@Component
class Visits {

	private final List<Click> clicks = new CopyOnWriteArrayList<>();

	private volatile boolean open;

	boolean isOpen() {
		boolean result = this.open;
		this.open = true;
		return result;
	}

	void add(Click click) {
		this.clicks.add(click);
	}

	List<Click> clicks() {
		return this.clicks;
	}

}
