package org.activemessaging.quickstart.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.handler.annotation.Header;

@Processor
class RegionalOrders {

	private final Map<String, Integer> sold = new ConcurrentHashMap<>();

	@SubscribesTo("regional-orders")
	void onOrder(Order order, @Header(MessagingHeaders.SOURCE) String region) {
		this.sold.merge(region, order.count(), Integer::sum);
	}

	Map<String, Integer> sold() {
		return this.sold;
	}

}
