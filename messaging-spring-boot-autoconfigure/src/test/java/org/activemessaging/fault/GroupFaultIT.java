package org.activemessaging.fault;

import java.nio.file.Path;

import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups: of messages, whose order is kept, and of consumers, each of which gets
 * everything.
 */
class GroupFaultIT {

	private static final int WINDOW = 10;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	void messageGroupsStayInOrderWhileConsumersComeAndDie(int lanes) {
		int messages = Form.size(8_000, 800);
		int kills = Form.size(10, 2);
		int bound = kills * 4 * WINDOW;
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			run.preload("g", 16, messages);
			String[] arguments = { "fault.concurrency=4", "fault.work=3", "messaging.listener.lanes=" + lanes };
			AppProcess first = run.start(arguments);
			for (int kill = 1; kill <= kills; kill++) {
				run.awaitProgress(messages / (kills + 2));
				AppProcess second = run.start(arguments);
				run.awaitProgress(messages / (kills + 2) / 2);
				first.kill();
				run.repaired();
				first = second;
			}
			run.awaitSettled(messages);
			Verdict verdict = run.verdict();
			FaultReport.write((lanes == 1) ? "31" : "32", new FaultReport.Row(
					"message groups, consumers killed, lanes: " + lanes, kills, verdict, bound, null));
			Verdicts.assertPromiseKept(verdict, bound);
			assertThat(verdict.done()).isEqualTo(messages);
			assertThat(verdict.inversions()).as("first begun after a later one").isEmpty();
			assertThat(verdict.overlaps()).as("begun while another of the group was in work").isEmpty();
		}
	}

	@Test
	void messageGroupsStayInOrderWhileConsumersAreAddedAndMessagesFail() {
		int messages = Form.size(8_000, 800);
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			run.preload("g", 16, messages);
			run.start("fault.concurrency=1-4", "fault.work=3", "fault.fail=g1-3,g2-7,g3-20",
					"messaging.listener.redelivery.delayed=1", "messaging.listener.redelivery.delay=500ms");
			run.awaitSettled(messages);
			Verdict verdict = run.verdict();
			assertThat(verdict.lost()).isEmpty();
			assertThat(verdict.deadLettered()).containsExactlyInAnyOrder("g1-3", "g2-7", "g3-20");
			assertThat(verdict.done()).isEqualTo(messages - 3);
			// When a message of a group waits for another try, those that share its
			// transaction go back first.
			assertThat(verdict.handledTwice()).hasSizeLessThan(3 * WINDOW);
			assertThat(verdict.inversions()).isEmpty();
			assertThat(verdict.overlaps()).isEmpty();
		}
	}

	// Without the setting, messages of groups that come behind so many others are handed
	// ahead, until the first was seen.
	@Test
	void messageGroupsThatAreDeclaredStayInOrderBehindOtherMessages() {
		int rounds = Form.size(20, 3);
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			String[] arguments = { "fault.concurrency=4", "fault.work=10",
					"messaging.processor.handler.message-groups=true" };
			for (int round = 0; round < rounds; round++) {
				run.preload("p" + round, 150);
				run.preload("g" + round + "x", 4, 160);
				AppProcess consumer = run.start(arguments);
				String first = "g" + round + "x";
				Flow.eventually()
					.atMost(FaultRun.LONG)
					.until(() -> run.reader()
						.entries()
						.stream()
						.anyMatch((entry) -> entry.type() == LedgerEntry.Type.BEGUN && entry.id().startsWith(first)));
				consumer.kill();
				run.repaired();
			}
			run.start(arguments);
			run.awaitSettled(rounds * 310);
			Verdict verdict = run.verdict();
			int bound = rounds * 4 * WINDOW;
			FaultReport.write("33", new FaultReport.Row("message groups behind other messages, 4 consumers killed",
					rounds, verdict, bound, null));
			Verdicts.assertPromiseKept(verdict, bound);
			assertThat(verdict.inversions()).filteredOn((id) -> id.startsWith("g")).isEmpty();
		}
	}

	@Test
	void groupThatIsAwayForAWhileGetsEverything() {
		int messages = Form.size(10_000, 800);
		String[] arguments = { "messaging.destination.orders.queue=",
				"messaging.destination.orders.virtual-topic=Orders",
				"messaging.destination.orders.groups=fault,billing", "fault.work=1" };
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory);
				FaultRun here = run.beside("fault", "Consumer.fault.VirtualTopic.Orders");
				FaultRun away = run.beside("billing", "Consumer.billing.VirtualTopic.Orders")) {
			AppProcess billing = away.start(arguments);
			here.start(with(arguments, "fault.produce=" + messages, "fault.producers=4"));
			away.awaitProgress(messages / 8);
			billing.kill();
			here.awaitAcked(messages);
			away.start(arguments);
			away.repaired();
			here.awaitSettled(messages);
			away.awaitQuiet();
			away.copyAcked(here);
			Verdict verdict = away.verdict();
			FaultReport.write("30",
					new FaultReport.Row("group of a virtual topic away for a while", 1, verdict, WINDOW, null));
			Verdicts.assertPromiseKept(verdict, WINDOW);
			assertThat(verdict.done()).isEqualTo(messages);
			Verdict other = here.verdict();
			Verdicts.assertPromiseKept(other, 0);
			assertThat(other.done()).isEqualTo(messages);
		}
	}

	private static String[] with(String[] arguments, String... more) {
		String[] all = new String[arguments.length + more.length];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		System.arraycopy(more, 0, all, arguments.length, more.length);
		return all;
	}

}
