package org.activemessaging.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.fault.Form;
import org.activemessaging.flow.ChildJvm;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications die by SIGKILL while they process messages and publish what follows.
 */
abstract class KillArea extends Area {

	private static final Duration LONG = Duration.ofSeconds(90);

	private static final int MESSAGES = Form.size(3000, 300);

	private static final int KILLS = Form.size(10, 1);

	private static final int WINDOW = 10;

	private static final int CONCURRENCY = 2;

	@TempDir
	private Path directory;

	@Test
	@Requires(traits = Requires.Trait.OUTLIVES_APPLICATIONS)
	void applicationsThatAreKilledLoseNothingAndRepeatLittle() throws Exception {
		raw().prepare(queue(), queue("Out"));
		Application publisher = start(application());
		publisher.publish(0, MESSAGES);
		Process current = consumer();
		for (int kill = 1; kill <= KILLS; kill++) {
			// Its start takes longer than anything else, so it is on its way already.
			Process next = consumer();
			int enough = kill * MESSAGES / (KILLS + 2);
			Flow.eventually().atMost(LONG).until(() -> lines().size() >= enough);
			ChildJvm.kill(current);
			current = next;
		}
		assertThat(new TreeSet<>(lines())).as("processed before the last kill").hasSizeLessThan(MESSAGES);
		Flow.eventually().atMost(LONG).until(() -> new TreeSet<>(lines()).size() == MESSAGES);
		List<String> expected = numbers(0, MESSAGES);
		List<String> results = results(new TreeSet<>(expected));
		if (support(Capability.ATOMIC_MOVE).level() == Support.Level.NATIVE) {
			assertThat(results).as("published, together with the acknowledgement").hasSize(MESSAGES);
		}
		int repeated = lines().size() - MESSAGES;
		assertThat(repeated).as("repeated").isBetween(0, KILLS * CONCURRENCY * 2 * WINDOW);
		assertNothingLeft(publisher);
		run().survived("applications", KILLS, MESSAGES, repeated);
	}

	private Process consumer() {
		Process process = application().with("messaging.destination.out.queue", queue("Out").name())
			.with("messaging.listener.concurrency", CONCURRENCY)
			.with("messaging.listener.window", WINDOW)
			.with(LedgerProcessor.WORK, "1ms")
			.launch(this.directory);
		closing(() -> ChildJvm.kill(process));
		return process;
	}

	private List<String> lines() {
		return LedgerProcessor.lines(this.directory);
	}

	private List<String> results(TreeSet<String> expected) throws Exception {
		List<String> results = raw().drainTexts(queue("Out"));
		RawClient client = raw();
		Flow.eventually().atMost(LONG).until(() -> {
			results.addAll(client.drainTexts(queue("Out")));
			return new TreeSet<>(results).equals(expected);
		});
		return results;
	}

	private void assertNothingLeft(Application application) throws Exception {
		Address letters = application.deadLetters(null);
		RawClient client = raw();
		client.prepare(letters);
		assertThat(client.drainTexts(letters)).as("dead letters").isEmpty();
		assertThat(client.drainTexts(queue())).as("left in the queue").isEmpty();
	}

}
