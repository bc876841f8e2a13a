package org.activemessaging.quickstart.model;

import java.time.Duration;

import org.activemessaging.MessagePublisher;

import org.springframework.stereotype.Component;

@Component
class Reminders {

	private final MessagePublisher publisher;

	Reminders(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	void remind(Click click) {
		this.publisher.to("reminders")
			.group(click.session())
			.header("reason", "basket left")
			.delay(Duration.ofHours(1))
			.timeToLive(Duration.ofDays(1))
			.priority(3)
			.publish(click);
	}

}
