package org.activemessaging.autoconfigure.candidates;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

@Processor
class OrderProcessor extends AbstractOrders {

	@SubscribesTo("orders")
	void onOrder(String order) {
	}

}
