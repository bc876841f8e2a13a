package org.activemessaging.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

/**
 * A processor that writes down what it processes. Each line is one write to a file opened
 * for appending, so it is there even if the JVM is killed next.
 */
@Processor
class Ledger {

	private final Path file;

	private final Duration work;

	Ledger(Path file, Duration work) {
		this.file = file;
		this.work = work;
	}

	@SubscribesTo("orders")
	void onMessage(String text) {
		Flow.work(this.work);
		try {
			Files.write(this.file, (text + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
