package org.activemessaging.fault;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consumers that die.
 */
class ConsumerFaultIT {

	private static final int CONCURRENCY = 4;

	private static final int WINDOW = 10;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void consumersThatAreKilledLoseNothingAndRepeatLittle() {
		int messages = Form.size(10_000, 1_500);
		int kills = Form.size(20, 4);
		int bound = kills * CONCURRENCY * WINDOW;
		Verdict ours = killConsumers(AppProcess.Kind.OURS, messages, kills);
		Verdict plain = !Form.LONG ? null : killConsumers(AppProcess.Kind.PLAIN, messages, kills);
		FaultReport.write("11", new FaultReport.Row("consumer killed", kills, ours, bound, plain));
		assertThat(ours.acked()).isEqualTo(messages);
		Verdicts.assertPromiseKept(ours, bound);
		assertThat(ours.deadLettered()).isEmpty();
		assertThat(ours.done()).isEqualTo(messages);
	}

	private Verdict killConsumers(AppProcess.Kind kind, int messages, int kills) {
		try (FaultRun run = new FaultRun(kind, this.directory)) {
			run.preload("m", messages);
			for (int kill = 1; kill <= kills; kill++) {
				AppProcess consumer = run.start("fault.concurrency=" + CONCURRENCY, "fault.work=5");
				run.awaitProgress(messages / (kills + 1));
				consumer.kill();
				run.repaired();
			}
			run.start("fault.concurrency=" + CONCURRENCY, "fault.work=5");
			run.awaitSettled(messages);
			return run.verdict();
		}
	}

}
