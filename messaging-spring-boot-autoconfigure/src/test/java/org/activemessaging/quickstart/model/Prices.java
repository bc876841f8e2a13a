package org.activemessaging.quickstart.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.activemessaging.MessageRequester;

import org.springframework.stereotype.Component;

@Component
class Prices {

	private final MessageRequester requester;

	Prices(MessageRequester requester) {
		this.requester = requester;
	}

	Quote of(Order order) {
		return this.requester.to("quote").timeout(Duration.ofSeconds(5)).request(order, Quote.class);
	}

	CompletableFuture<Quote> later(Order order) {
		return this.requester.requestAsync("quote", order, Quote.class);
	}

}
