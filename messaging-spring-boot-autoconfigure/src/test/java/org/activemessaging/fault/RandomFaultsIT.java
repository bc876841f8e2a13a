package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything breaks at any time, in an order that nobody has thought of. The seed is
 * printed; {@code -Dfault.seed=…} plays its schedule again.
 */
class RandomFaultsIT {

	private static final Log logger = LogFactory.getLog(RandomFaultsIT.class);

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("fault.seconds", Form.size(60, 15)));

	private static final List<String> WINDOWS = List.of("1", "10", "auto");

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	static LongStream seeds() {
		String seeds = System.getProperty("fault.seed");
		if (seeds != null) {
			return Arrays.stream(seeds.split(",")).mapToLong(Long::parseLong);
		}
		long first = System.currentTimeMillis();
		return LongStream.range(first, first + Integer.getInteger("fault.seeds", Form.size(20, 1)));
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void nothingIsLostWhateverBreaks(long seed) {
		RandomSchedule schedule = RandomSchedule.draw(seed, LENGTH, RandomRun.CONSUMERS);
		logger.info("Faults of " + schedule + "; to play them again: -Dfault.seed=" + seed);
		String window = System.getProperty("fault.window", WINDOWS.get((int) (seed % WINDOWS.size())));
		try (RandomRun run = new RandomRun(this.directory, window, LENGTH)) {
			run.start();
			run.play(schedule);
			Verdict verdict = run.settle();
			logger.info("Seed " + seed + ": " + verdict.acked() + " confirmed, " + run.uncertain().size()
					+ " uncertain, " + verdict.done() + " done, " + verdict.handledTwice().size() + " handled twice, "
					+ verdict.deadLettered() + " in the dead letters");
			int consumer = RandomRun.CONCURRENCY * run.largestWindow();
			int bound = run.givenBack()
					+ schedule.bound(consumer, RandomRun.CONSUMERS * consumer + 2 * RandomRun.PRODUCERS);
			FaultReport.write("random-" + seed, new FaultReport.Row("at random, seed " + seed + ", window " + window,
					Math.toIntExact(schedule.kills()), verdict, bound, null));
			assertPromiseKept(schedule, verdict, bound, inversions(verdict, run.uncertain()));
		}
	}

	// Nobody knows when a message arrived that was published without an answer.
	private static List<String> inversions(Verdict verdict, Set<String> uncertain) {
		return verdict.inversions().stream().filter((id) -> id.startsWith("g") && !uncertain.contains(id)).toList();
	}

	private static void assertPromiseKept(RandomSchedule schedule, Verdict verdict, int bound,
			List<String> inversions) {
		Set<String> givenUp = new TreeSet<>(verdict.deadLettered());
		givenUp.removeAll(RandomRun.failing());
		SoftAssertions softly = new SoftAssertions();
		softly.assertThat(verdict.lost()).as("lost, with " + schedule).isEmpty();
		softly.assertThat(verdict.handledTwice()).as("handled twice").hasSizeLessThanOrEqualTo(bound);
		softly.assertThat(givenUp).as("in the dead letters, although they would succeed").isEmpty();
		softly.assertThat(verdict.brokerDeadLetters()).as("in the broker's own dead letters").isEmpty();
		softly.assertThat(verdict.doubled()).as("in two places").isEmpty();
		softly.assertThat(verdict.waiting()).as("still waiting").isEmpty();
		softly.assertThat(inversions).as("first begun after a later one of their message group").isEmpty();
		softly.assertAll();
	}

}
