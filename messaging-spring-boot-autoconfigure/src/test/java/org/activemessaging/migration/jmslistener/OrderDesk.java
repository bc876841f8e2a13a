package org.activemessaging.migration.jmslistener;

import java.time.Duration;

import org.activemessaging.MessagePublisher;

import org.springframework.stereotype.Component;

@Component
class OrderDesk {

	private final MessagePublisher publisher;

	OrderDesk(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	void place(Order order) {
		this.publisher.to("orders")
			.header("city", order.city())
			.priority(7)
			.timeToLive(Duration.ofHours(1))
			.publish(order);
	}

}
