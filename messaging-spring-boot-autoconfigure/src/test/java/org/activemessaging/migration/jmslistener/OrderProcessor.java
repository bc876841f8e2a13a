package org.activemessaging.migration.jmslistener;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

@Processor
class OrderProcessor {

	private final MessagePublisher publisher;

	OrderProcessor(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	@SubscribesTo(value = "orders", concurrency = "1-4", selector = "city = 'Rome'")
	void onOrder(Order order) {
		this.publisher.publish("invoices", new Invoice(order.number()));
	}

}
