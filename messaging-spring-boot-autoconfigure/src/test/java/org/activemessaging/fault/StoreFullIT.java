package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker that has no room left for messages.
 */
class StoreFullIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final String PADDING = " " + "x".repeat(50_000);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void publishFailsInTimeWhenTheStoreIsFullAndWorksAgainWhenItIsNot() {
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory, "store-megabytes=4")) {
			run.runner(run.broker().url(), "fault.consume=false",
					"messaging.broker.default.publisher.timeout=" + TIMEOUT)
				.run((context) -> {
					MessagePublisher publisher = context.getBean(MessagePublisher.class);
					Set<String> uncertain = fill(run, publisher);
					Verdict verdict;
					List<String> drained = new ArrayList<>();
					try (PlainClient client = run.broker().client()) {
						Remains remains = Remains.drain(client, FaultRun.APPLICATION, FaultRun.QUEUE);
						drained.addAll(remains.waiting());
						verdict = LedgerCheck.check(run.reader().entries(), remains, List.of());
					}
					run.repaired();
					FaultReport.write("22", new FaultReport.Row("store full", 0, verdict, 0, null));
					assertThat(verdict.acked()).isGreaterThan(20);
					assertThat(verdict.lost()).isEmpty();
					assertThat(drained).doesNotHaveDuplicates();
					drained.removeAll(verdict.waiting().stream().filter((id) -> !uncertain.contains(id)).toList());
					assertThat(uncertain).as("what is there but was not confirmed").containsAll(drained);
					Flow.eventually().atMost(FaultRun.LONG).until(() -> isTaken(publisher));
				});
		}
	}

	// Publishes until the broker has refused two messages.
	private static Set<String> fill(FaultRun run, MessagePublisher publisher) {
		Set<String> uncertain = new LinkedHashSet<>();
		int refused = 0;
		for (int i = 0; refused < 2 && i < 1000; i++) {
			String id = "m-" + i;
			long start = System.nanoTime();
			try {
				publisher.publish("orders", id + PADDING);
				run.ledger().write(LedgerEntry.Type.ACKED, id);
			}
			catch (PublishUncertainException ex) {
				uncertain.add(id);
				refused++;
			}
			catch (PublishException ex) {
				refused++;
			}
			assertThat(Flow.since(start)).isLessThan(Form.inTime(TIMEOUT));
		}
		assertThat(refused).as("publish calls that failed").isEqualTo(2);
		return uncertain;
	}

	private static boolean isTaken(MessagePublisher publisher) {
		try {
			publisher.publish("orders", "n-0");
			return true;
		}
		catch (PublishException ex) {
			return false;
		}
	}

}
