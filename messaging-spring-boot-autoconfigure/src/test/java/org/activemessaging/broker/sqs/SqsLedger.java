package org.activemessaging.broker.sqs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

/**
 * A processor whose every line is one write to a file opened for appending.
 */
@Processor
class SqsLedger {

	private final Path file;

	private final MessagePublisher publisher;

	SqsLedger(Path file, MessagePublisher publisher) {
		this.file = file;
		this.publisher = publisher;
	}

	@SubscribesTo("orders")
	void onMessage(String text) {
		this.publisher.publish("results", text);
		try {
			Files.write(this.file, (text + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
