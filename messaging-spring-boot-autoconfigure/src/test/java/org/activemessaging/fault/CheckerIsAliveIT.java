package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;

import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A checker that finds nothing proves nothing. So each setting that is known to be bad is
 * switched on here, and the checker has to see what it does.
 */
class CheckerIsAliveIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void acknowledgingBeforeProcessingLosesWhatIsInWork() {
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			run.preload("m", 20);
			AppProcess consumer = run.start("messaging.listener.acknowledge=unsafe-auto", "fault.work=300");
			Flow.eventually().atMost(FaultRun.LONG).until(() -> inWork(run) > 0);
			consumer.kill();
			Verdict verdict = run.verdict();
			assertThat(verdict.lost()).isNotEmpty();
			assertThat(verdict.lost()).isSubsetOf(verdict.begun());
		}
	}

	private static long inWork(FaultRun run) {
		return run.reader().count(LedgerEntry.Type.BEGUN) - run.reader().count(LedgerEntry.Type.DONE);
	}

	@Test
	void sendingWithoutWaitingForTheBrokerLosesWhatItHadNotStored() {
		try (FaultRun run = new FaultRun(AppProcess.Kind.PLAIN, this.directory)) {
			run.startOn(run.broker().url() + "?jms.useAsyncSend=true", "fault.consume=false", "fault.produce=20000");
			run.awaitAcked(3_000);
			run.restartBroker();
			assertThat(run.verdict().lost()).isNotEmpty();
		}
	}

	@Test
	void deadLetterFromAnotherSessionIsDoubled() {
		try (FaultRun run = new FaultRun(AppProcess.Kind.PLAIN, this.directory)) {
			run.preload("m", 5);
			run.start("fault.bad=dead-letter-by-template", "fault.fail=first");
			run.awaitProgress(5);
			run.awaitQuiet();
			assertThat(run.verdict().doubled()).hasSize(5);
		}
	}

	@Test
	void largePrefetchAndALimitOfTheClientGiveUpMessagesThatNobodyHasSeen() {
		try (FaultRun run = new FaultRun(AppProcess.Kind.PLAIN, this.directory)) {
			run.preload("m", 200);
			// The limit is 6 by default, which only takes more crashes.
			String url = run.broker().url() + "?jms.redeliveryPolicy.maximumRedeliveries=1";
			for (int kill = 1; kill <= 2; kill++) {
				AppProcess consumer = run.startOn(url, "fault.work=100");
				run.awaitProgress(2);
				consumer.kill();
			}
			run.startOn(url, "fault.work=0");
			run.awaitQuiet();
			Verdict verdict = run.verdict();
			assertThat(verdict.innocents()).hasSizeGreaterThan(100);
			assertThat(verdict.brokerDeadLetters()).hasSizeGreaterThan(100);
		}
	}

	@Test
	void delayByTheSchedulerOfTheBrokerLosesWhatItHadNotStored() {
		try (FaultRun run = new FaultRun(AppProcess.Kind.PLAIN, this.directory, "scheduler=true")) {
			run.preload("m", 1);
			run.broker().kill();
			run.broker().start("scheduler=true", "halt-before-scheduling=true");
			AppProcess consumer = run.start("fault.bad=delay-by-scheduler", "fault.fail=first");
			Flow.eventually().atMost(FaultRun.LONG).until(() -> !run.broker().isAlive());
			consumer.kill();
			run.broker().start("scheduler=true");
			run.start("fault.bad=delay-by-scheduler");
			Flow.throughout(Duration.ofSeconds(2)).until(() -> run.reader().done() == 0);
			assertThat(run.verdict().lost()).containsExactly("m-0");
		}
	}

}
