package org.activemessaging.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Flow;

import org.springframework.core.env.Environment;

/**
 * A processor that publishes what it was given to the destination {@code out}, and then
 * writes it down: each line is one write to a file opened for appending, so it is there
 * even if the JVM is killed next.
 */
@Processor
class LedgerProcessor {

	/**
	 * The property that names the file.
	 */
	static final String LEDGER = "contract.ledger";

	/**
	 * The property that says how long a message takes.
	 */
	static final String WORK = "contract.work";

	private final Path file;

	private final Duration work;

	private final MessagePublisher publisher;

	LedgerProcessor(Environment environment, MessagePublisher publisher) {
		this.file = Path.of(environment.getRequiredProperty(LEDGER));
		this.work = environment.getRequiredProperty(WORK, Duration.class);
		this.publisher = publisher;
	}

	@SubscribesTo(value = "${contract.destination}", id = Recorder.ID)
	void onMessage(String payload) throws IOException {
		this.publisher.publish("out", payload);
		Flow.work(this.work);
		Files.write(this.file, (payload + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
	}

	/**
	 * What was written down so far.
	 * @param directory where the ledger is
	 */
	static List<String> lines(Path directory) {
		Path file = directory.resolve("ledger");
		try {
			return Files.exists(file) ? Files.readAllLines(file) : List.of();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
