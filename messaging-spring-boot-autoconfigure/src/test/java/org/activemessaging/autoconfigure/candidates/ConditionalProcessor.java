package org.activemessaging.autoconfigure.candidates;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

@Processor
@ConditionalOnBooleanProperty("shop.orders")
class ConditionalProcessor {

	@SubscribesTo("orders")
	void onMessage(String text) {
	}

}
