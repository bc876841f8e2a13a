package org.activemessaging.migration.cloudstream;

import org.activemessaging.MessagePublisher;

import org.springframework.stereotype.Component;

@Component
class Thermometer {

	private final MessagePublisher publisher;

	Thermometer(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	void measured(Reading reading) {
		this.publisher.to("readings").group(reading.sensor()).publish(reading);
	}

}
