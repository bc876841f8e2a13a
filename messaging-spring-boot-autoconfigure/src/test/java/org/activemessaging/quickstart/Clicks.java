package org.activemessaging.quickstart;

import org.activemessaging.MessagePublisher;

import org.springframework.stereotype.Component;

@Component
class Clicks {

	private final MessagePublisher publisher;

	Clicks(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	void record(Click click) {
		this.publisher.to("clickstream").group(click.session()).publish(click);
	}

}
