package org.activemessaging.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Tells why nothing is consumed. It looks again and again, on a thread of its own, at
 * what was sampled; asking it costs nothing. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Doctor implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(Doctor.class);

	private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
		.reversed()
		.thenComparing(Finding::id)
		.thenComparing((finding) -> finding.subject().name());

	// In the order in which they explain: the first ones make others superfluous.
	private static final List<Examination> EXAMINATIONS = List.of(new LostConnections(), new UnwritableDeadLetters(),
			new StoppedProcessors(), new PausedProcessors(), new UnreadQueues(), new IdleGroups(),
			new HoardedMessages(), new PinnedGroups(), new StarvedSelectors(), BrokerConditions.full(),
			BrokerConditions.stranded(), BrokerConditions.deliveryLimit(), BrokerConditions.clock());

	private final Map<Key, Instant> firstSeen = new HashMap<>();

	private final SituationReader reader;

	private final StalledProcessors stalled;

	private final Duration interval;

	private final Consumer<Boolean> liveness;

	private volatile DoctorView view = new DoctorView(null, true, List.of());

	private volatile boolean broken;

	private @Nullable ScheduledExecutorService executor;

	/**
	 * Creates a doctor.
	 * @param reader what knows the situation
	 * @param interval how often to look
	 * @param stalledAfter how long a processor may try nothing although messages wait
	 * before its connection is made anew, and then again before it counts as broken
	 * @param reconnect makes the connection of a processor anew, by its id
	 * @param liveness is told when a processor is broken ({@code false}), and when none
	 * is any longer ({@code true})
	 */
	public Doctor(SituationReader reader, Duration interval, Duration stalledAfter, Consumer<String> reconnect,
			Consumer<Boolean> liveness) {
		this.reader = reader;
		this.interval = interval;
		this.stalled = new StalledProcessors(stalledAfter, reconnect);
		this.liveness = liveness;
	}

	@Override
	public synchronized void start() {
		this.reader.start();
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-doctor-");
		threads.setDaemon(true);
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(threads);
		executor.scheduleWithFixedDelay(this::look, this.interval.toMillis(), this.interval.toMillis(),
				TimeUnit.MILLISECONDS);
		this.executor = executor;
	}

	@Override
	public synchronized void stop() {
		ScheduledExecutorService executor = this.executor;
		if (executor != null) {
			executor.shutdownNow();
		}
		this.executor = null;
		this.reader.stop();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	// An exception would end the repetition without a word.
	private void look() {
		try {
			examine(this.reader.read());
		}
		catch (RuntimeException ex) {
			logger.warn("The search for what keeps messages from being consumed has failed", ex);
		}
	}

	private void examine(Situation situation) {
		List<Finding> findings = new ArrayList<>();
		EXAMINATIONS.forEach((examination) -> examination.examine(situation).forEach(findings::add));
		findings.addAll(this.stalled.examine(situation, findings));
		findings.replaceAll(
				(finding) -> finding.since(this.firstSeen.computeIfAbsent(Key.of(finding), (key) -> situation.at())));
		this.firstSeen.keySet().retainAll(findings.stream().map(Key::of).toList());
		findings.sort(WORST_FIRST);
		boolean healthy = findings.stream().allMatch((finding) -> finding.severity() == Severity.INFO);
		this.view = new DoctorView(situation.at(), healthy, List.copyOf(findings));
		if (this.broken != this.stalled.isBroken()) {
			this.broken = this.stalled.isBroken();
			this.liveness.accept(!this.broken);
		}
	}

	/**
	 * Returns what was found last.
	 * @return the findings; none before the first look
	 */
	public DoctorView view() {
		return this.view;
	}

	/**
	 * Tells whether a processor tries nothing although messages wait, nothing explains
	 * it, and a new connection has not helped.
	 * @return whether only a restart of the application is left
	 */
	public boolean isBroken() {
		return this.broken;
	}

	private record Key(String id, Subject subject) {

		static Key of(Finding finding) {
			return new Key(finding.id(), finding.subject());
		}

	}

}
