package org.activemessaging.quickstart;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

@Processor
class PriceArchive {

	private final List<String> prices = new CopyOnWriteArrayList<>();

	@SubscribesTo("prices")
	void onPrice(String price) {
		this.prices.add(price);
	}

}
