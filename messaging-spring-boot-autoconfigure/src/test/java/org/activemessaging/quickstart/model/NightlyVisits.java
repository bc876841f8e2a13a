package org.activemessaging.quickstart.model;

import java.time.Duration;
import java.util.Optional;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;

import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;

@Component
class NightlyVisits {

	private final MessageReceiver receiver;

	private final MessagePublisher publisher;

	NightlyVisits(MessageReceiver receiver, MessagePublisher publisher) {
		this.receiver = receiver;
		this.publisher = publisher;
	}

	int run() {
		int count = 0;
		while (this.receiver.receive("clickstream", Duration.ofSeconds(1), Click.class,
				(message) -> this.publisher.publish("visits", new Visit(message.getPayload().session(), "night")))) {
			count++;
		}
		return count;
	}

	Optional<Visit> look() {
		return this.receiver.receive("visits", Duration.ZERO, Visit.class).map(Message::getPayload);
	}

}
