package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;

import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message that takes its consumer down with it, again and again.
 */
class CrashingMessageIT {

	private static final int CONCURRENCY = 4;

	private static final int MOST_CRASHES = 14;

	private static final String KILLER = "m1-20";

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void messageThatHaltsTheJvmIsGivenUpAlone() {
		int messages = Form.size(3_000, 300);
		Result ours = crash(AppProcess.Kind.OURS, messages, 0);
		Result plain = crash(AppProcess.Kind.PLAIN, messages, 0);
		int bound = ours.crashes() * CONCURRENCY * 10;
		FaultReport.write("12", new FaultReport.Row("message that halts the JVM", ours.crashes(),
				ours.verdict().withCulprit(KILLER), bound, plain.verdict().withCulprit(KILLER)));
		assertThat(ours.crashes()).isBetween(1, 7);
		Verdicts.assertPromiseKept(ours.verdict().withCulprit(KILLER), bound);
		assertThat(ours.verdict().deadLettered()).containsExactly(KILLER);
		assertThat(ours.kind()).isEqualTo("crash-suspect");
		assertThat(ours.verdict().done()).isEqualTo(messages - 1);
		// The same with Spring Boot alone takes others along.
		assertThat(plain.verdict().innocents()).isNotEmpty();
	}

	@Test
	@EnabledIfSystemProperty(named = "fault.form", matches = "long")
	void messageOfAGroupThatHaltsTheJvmIsGivenUpAlone() {
		int messages = Form.size(1_000, 200);
		Result ours = crash(AppProcess.Kind.OURS, messages, 4);
		Verdict verdict = ours.verdict().withCulprit(KILLER);
		Verdicts.assertPromiseKept(verdict, ours.crashes() * CONCURRENCY * 10);
		// Twice the limit, as it keeps its place.
		assertThat(ours.crashes()).isBetween(1, 10);
		assertThat(verdict.deadLettered()).containsExactly(KILLER);
		assertThat(ours.kind()).isEqualTo("crash-suspect");
		assertThat(verdict.done()).isEqualTo(messages - 1);
	}

	private Result crash(AppProcess.Kind kind, int messages, int groups) {
		try (FaultRun run = new FaultRun(kind, this.directory)) {
			run.preload((groups > 0) ? "m" : "m1", groups, messages);
			int crashes = 0;
			AppProcess application = start(run);
			while (crashes < MOST_CRASHES && !ended(run, application)) {
				crashes++;
				run.repaired();
				application = start(run);
			}
			Verdict verdict = run.verdict();
			return new Result(verdict, crashes, verdict.kinds().get(KILLER));
		}
	}

	private static AppProcess start(FaultRun run) {
		return run.start("fault.concurrency=" + CONCURRENCY, "fault.work=5", "fault.halt-on=" + KILLER);
	}

	// Waits until the application has crashed or there is nothing more to do.
	private static boolean ended(FaultRun run, AppProcess application) {
		Flow.eventually()
			.atMost(FaultRun.LONG)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> application.awaitEnd(Duration.ofMillis(1)) || run.isSettled());
		return application.isAlive();
	}

	private record Result(Verdict verdict, int crashes, String kind) {
	}

}
