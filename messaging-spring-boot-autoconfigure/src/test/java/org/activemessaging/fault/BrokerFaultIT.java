package org.activemessaging.fault;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Brokers that die while producers and consumers are at work.
 */
class BrokerFaultIT {

	private static final int CONCURRENCY = 4;

	private static final int PRODUCERS = 4;

	private static final int WINDOW = 10;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "failover" })
	void brokerThatIsKilledLosesNothing(String transport) {
		int messages = Form.size(10_000, 1_500);
		int kills = Form.size(3, 1);
		int bound = kills * (CONCURRENCY * WINDOW + PRODUCERS);
		Verdict ours = killBroker(AppProcess.Kind.OURS, transport, messages, kills);
		Verdict plain = !Form.LONG ? null : killBroker(AppProcess.Kind.PLAIN, transport, messages, kills);
		FaultReport.write("03-" + transport,
				new FaultReport.Row("broker killed, `" + transport + "`", kills, ours, bound, plain));
		Verdicts.assertPromiseKept(ours, bound);
		// Only those that were on their way are neither confirmed nor refused.
		assertThat(ours.acked()).isBetween(messages - kills * PRODUCERS, messages);
		assertThat(ours.deadLettered()).isEmpty();
	}

	private Verdict killBroker(AppProcess.Kind kind, String transport, int messages, int kills) {
		try (FaultRun run = new FaultRun(kind, this.directory)) {
			run.startOn(run.url(transport), "fault.concurrency=" + CONCURRENCY, "fault.work=1",
					"fault.produce=" + messages, "fault.producers=" + PRODUCERS);
			for (int kill = 1; kill <= kills; kill++) {
				run.awaitAcked(kill * messages / (kills + 1));
				run.restartBroker();
			}
			run.awaitSettled(messages - kills * PRODUCERS);
			return run.verdict();
		}
	}

	@Test
	void messagesThatWaitForAnotherTrySurvive() {
		int messages = Form.size(10_000, 1_000);
		int kills = Form.size(15, 3);
		int bound = kills * CONCURRENCY * WINDOW;
		Verdict ours = killBrokerDuringDelays(messages, kills);
		FaultReport.write("21b", new FaultReport.Row("broker killed, every first try fails", kills, ours, bound, null));
		Verdicts.assertPromiseKept(ours, bound);
		assertThat(ours.acked()).isEqualTo(messages);
		assertThat(ours.done()).isEqualTo(messages);
	}

	private Verdict killBrokerDuringDelays(int messages, int kills) {
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			run.preload("m", messages);
			run.start("fault.concurrency=" + CONCURRENCY, "fault.work=1", "fault.fail=first",
					"messaging.listener.redelivery.immediate=0", "messaging.listener.brake.failures=1000000");
			for (int kill = 1; kill <= kills; kill++) {
				run.awaitProgress(messages / (kills + 1));
				run.restartBroker();
			}
			run.awaitSettled(messages);
			return run.verdict();
		}
	}

}
