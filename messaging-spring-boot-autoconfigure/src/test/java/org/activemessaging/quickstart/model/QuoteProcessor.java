package org.activemessaging.quickstart.model;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

@Processor
class QuoteProcessor {

	@SubscribesTo("quote")
	Quote onOrder(Order order) {
		return new Quote(order.item(), 4 * order.count());
	}

}
