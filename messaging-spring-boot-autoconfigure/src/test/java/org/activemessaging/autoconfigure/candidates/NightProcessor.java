package org.activemessaging.autoconfigure.candidates;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.context.annotation.Profile;

@Processor
@Profile("night")
class NightProcessor {

	@SubscribesTo("clicks")
	@SubscribesTo("${night.destination}")
	void onMessage(String text) {
	}

}
