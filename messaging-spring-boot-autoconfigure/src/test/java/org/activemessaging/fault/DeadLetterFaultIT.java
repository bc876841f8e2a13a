package org.activemessaging.fault;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consumers that die while they give a message up.
 */
class DeadLetterFaultIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void deadLettersAreNeitherLostNorDoubledWhereverTheConsumerDies() {
		int messages = Form.size(3_000, 300);
		int rounds = Form.size(5, 1);
		HaltingConnectionFactory.Point[] points = HaltingConnectionFactory.Point.values();
		int kills = rounds * points.length;
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			run.preload("m", messages);
			for (int kill = 0; kill < kills; kill++) {
				AppProcess consumer = run.start("messaging.broker.default.adapter=", "messaging.broker.default.url=",
						"fault.halt-url=" + run.broker().url(), "fault.halt-at=" + points[kill % points.length],
						"fault.halt-after=" + messages / (kills + 1), "fault.concurrency=4", "fault.fail=always",
						"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0",
						"messaging.listener.brake.failures=1000000");
				assertThat(consumer.awaitEnd(FaultRun.LONG)).isTrue();
				assertThat(consumer.exitCode()).as("exit code of a halted JVM, see " + run.log()).isEqualTo(9);
				run.repaired();
			}
			run.start("fault.concurrency=4", "fault.fail=always", "messaging.listener.redelivery.immediate=0",
					"messaging.listener.redelivery.delayed=0", "messaging.listener.brake.failures=1000000");
			run.awaitSettled(messages);
			Verdict verdict = run.verdict();
			FaultReport.write("21",
					new FaultReport.Row("consumer killed around a dead letter", kills, verdict, 0, null));
			Verdicts.assertPromiseKept(verdict, 0);
			assertThat(verdict.deadLettered()).hasSize(messages);
		}
	}

}
