package org.activemessaging.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two brokers on one store: whoever has its lock is the master, the other waits for it.
 */
class FailoverPairIT {

	private static final int CONCURRENCY = 2;

	private static final int WINDOW = 10;

	private static final int PRODUCERS = 4;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private BrokerProcess master;

	private BrokerProcess slave;

	private AppProcess application;

	@AfterEach
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
		this.master.close();
		this.slave.close();
	}

	@Test
	void slaveTakesOverFromAMasterThatIsKilled() throws IOException {
		int messages = Form.size(10_000, 1_500);
		int kills = Form.size(5, 2);
		int bound = kills * (CONCURRENCY * WINDOW + PRODUCERS);
		Verdict ours = killMasters(AppProcess.Kind.OURS, messages, kills);
		Verdict plain = null;
		if (Form.LONG) {
			stop();
			plain = killMasters(AppProcess.Kind.PLAIN, messages, kills);
		}
		FaultReport.write("27", new FaultReport.Row("master of a failover pair killed", kills, ours, bound, plain));
		Verdicts.assertPromiseKept(ours, bound);
		assertThat(ours.deadLettered()).isEmpty();
		// From the moment of the kill.
		assertThat(ours.recovery()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(15));
	}

	private Verdict killMasters(AppProcess.Kind kind, int messages, int kills) throws IOException {
		Path folder = Files.createDirectory(this.directory.resolve(kind.name()));
		List<Long> kill = new ArrayList<>();
		this.master = new BrokerProcess(folder, "lock-millis=200");
		this.slave = new BrokerProcess(folder, "lock-millis=200");
		this.master.start();
		this.slave.launch();
		try (LedgerFile ledger = new LedgerFile(folder.resolve("ledger"))) {
			LedgerReader reader = new LedgerReader(folder.resolve("ledger"));
			this.application = AppProcess.start(kind, "failover:(" + this.master.url() + "," + this.slave.url() + ")",
					folder, ledger, List.of("fault.concurrency=" + CONCURRENCY, "fault.work=1",
							"fault.produce=" + messages, "fault.producers=" + PRODUCERS, "fault.pause=5"));
			for (int i = 1; i <= kills; i++) {
				int goal = i * messages / (kills + 1);
				Flow.eventually().atMost(FaultRun.LONG).until(() -> reader.done() >= goal);
				kill.add(System.currentTimeMillis());
				killMaster();
			}
			Flow.eventually().atMost(FaultRun.LONG).until(() -> reader.acked() >= messages - kills * PRODUCERS);
			Flow.eventually()
				.atMost(FaultRun.LONG)
				.until(() -> reader.open().isEmpty() || kind == AppProcess.Kind.PLAIN && isQuiet());
			this.application.terminate();
			assertThat(this.application.awaitEnd(Duration.ofSeconds(20))).isTrue();
			return LedgerCheck.check(reader.entries(), remains(), kill);
		}
	}

	// What a plain application has lost to the broker's dead letters is not done.
	private boolean isQuiet() {
		try (PlainClient client = this.master.client()) {
			return client.browse(FaultRun.QUEUE).isEmpty();
		}
	}

	private void killMaster() {
		BrokerProcess killed = this.master;
		killed.kill();
		this.slave.awaitStart();
		this.master = this.slave;
		this.slave = killed;
		killed.launch();
	}

	private Remains remains() {
		try (PlainClient client = this.master.client()) {
			return Remains.drain(client, FaultRun.APPLICATION, FaultRun.QUEUE);
		}
	}

}
