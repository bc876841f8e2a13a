package org.activemessaging.samples.benchmark.worker;

import org.activemessaging.samples.benchmark.process.Order;

/**
 * What a variant connects to, and how.
 *
 * @param adapter the kind of broker
 * @param url where it is
 * @param user the user, or an empty text
 * @param password the password, or an empty text
 * @param queue the queue to use
 * @param concurrency how many messages to handle at once, as {@code n} or as
 * {@code min-max}
 * @param window how many messages share a transaction, {@code default} for what the
 * variant does by itself
 * @param threads how many threads publish at once
 */
record Setup(String adapter, String url, String user, String password, String queue, String concurrency, String window,
		int threads) {

	static Setup of(Order order) {
		return new Setup(order.text("adapter"), order.text("url"), order.text("user", ""), order.text("password", ""),
				order.text("queue"), order.text("concurrency", "1"), order.text("window", "default"),
				Integer.parseInt(order.text("threads", "1")));
	}

	int consumers() {
		return Integer.parseInt(this.concurrency);
	}

	boolean hasWindow() {
		return !this.window.equals("default");
	}

}
