package org.activemessaging.migration.cloudstream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

@Processor
class FeverProcessor {

	private final MessagePublisher publisher;

	FeverProcessor(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	@SubscribesTo(value = "readings", id = "fever", group = "ward")
	void onReading(Reading reading) {
		if (reading.celsius() > 38.5) {
			this.publisher.publish("alarms", new Alarm(reading.sensor()));
		}
	}

}
