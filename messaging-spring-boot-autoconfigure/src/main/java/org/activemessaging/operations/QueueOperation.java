package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.activemessaging.broker.ConnectionGuard;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.operations.OperationView.State;
import org.jspecify.annotations.Nullable;

/**
 * An operation at work, and afterwards its receipt. Written by one thread, and read by
 * all.
 */
final class QueueOperation implements Transfer.Pace {

	private final CountDownLatch cancelled = new CountDownLatch(1);

	private final Instant startedAt = Instant.now();

	private final long startedNanos = System.nanoTime();

	private final String id;

	private final OperationRequest request;

	private final QueueRef queue;

	private final OperationPlan plan;

	private final RedriveOutcomes.@Nullable Tally tally;

	private final @Nullable String undoes;

	private volatile @Nullable ConnectionGuard guard;

	private volatile State state = State.RUNNING;

	private volatile @Nullable Instant endedAt;

	private volatile @Nullable Long matched;

	private volatile boolean matchedExact;

	private volatile long taken;

	private volatile long kept;

	private volatile OperationView.@Nullable Stage stage;

	private volatile @Nullable String stoppedBecause;

	private volatile @Nullable Long inFlightElsewhere;

	private volatile boolean undone;

	QueueOperation(String id, OperationRequest request, QueueRef queue, OperationPlan plan,
			RedriveOutcomes.@Nullable Tally tally, @Nullable String undoes) {
		this.id = id;
		this.request = request;
		this.queue = queue;
		this.plan = plan;
		this.tally = tally;
		this.undoes = undoes;
	}

	String id() {
		return this.id;
	}

	OperationRequest request() {
		return this.request;
	}

	QueueRef queue() {
		return this.queue;
	}

	OperationPlan plan() {
		return this.plan;
	}

	RedriveOutcomes.@Nullable Tally tally() {
		return this.tally;
	}

	@Nullable String undoes() {
		return this.undoes;
	}

	long taken() {
		return this.taken;
	}

	State state() {
		return this.state;
	}

	@Override
	public void opened(ConnectionGuard guard) {
		this.guard = guard;
	}

	@Override
	public int batch(int most) {
		OperationRequest.Redrive redrive = this.request.redrive();
		return (redrive != null && redrive.ratePerSecond() > 0)
				? (int) Math.max(1, Math.min(most, redrive.ratePerSecond())) : most;
	}

	@Override
	public boolean progress(int taken, int kept) {
		this.taken += taken;
		this.kept += kept;
		this.matched = this.taken;
		return !waitFor(behindRate()) && !failsTooOften();
	}

	private Duration behindRate() {
		OperationRequest.Redrive redrive = this.request.redrive();
		if (redrive == null || redrive.ratePerSecond() == 0) {
			return Duration.ZERO;
		}
		double due = this.taken / redrive.ratePerSecond();
		double elapsed = (System.nanoTime() - this.startedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
		return Duration.ofMillis((long) (1000 * Math.max(0, due - elapsed)));
	}

	/**
	 * Waits.
	 * @param duration how long
	 * @return whether the operation was cancelled
	 */
	boolean waitFor(Duration duration) {
		try {
			return this.cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			cancel();
			return true;
		}
	}

	boolean failsTooOften() {
		OperationRequest.Redrive redrive = this.request.redrive();
		if (redrive == null || this.tally == null || this.stoppedBecause != null) {
			return this.stoppedBecause != null;
		}
		String reason = this.tally.tooOften(redrive.maxFailureRatio());
		if (reason != null) {
			this.stoppedBecause = reason;
		}
		return reason != null;
	}

	void enter(OperationView.Stage stage) {
		this.stage = stage;
	}

	void expect(@Nullable Long matched, boolean exact) {
		this.matched = matched;
		this.matchedExact = exact;
	}

	void stop(String reason) {
		this.stoppedBecause = reason;
	}

	boolean isStopped() {
		return this.stoppedBecause != null;
	}

	void cancel() {
		this.cancelled.countDown();
	}

	boolean isCancelled() {
		return this.cancelled.getCount() == 0;
	}

	void closeConnection() {
		ConnectionGuard current = this.guard;
		if (current != null) {
			current.closeUnlessEnded("messaging-operation-close");
		}
	}

	void end(State state, @Nullable String reason) {
		if (reason != null) {
			this.stoppedBecause = reason;
		}
		this.matchedExact = state == State.DONE || state == State.DRY_RUN && this.matchedExact;
		this.endedAt = Instant.now();
		this.state = state;
	}

	void undone() {
		this.undone = true;
	}

	boolean isUndoable() {
		boolean trash = this.plan.to() != null && this.plan.to().equals(OperationPlan.trash(this.plan.from()));
		return trash && this.state != State.RUNNING && this.taken > 0 && !this.undone;
	}

	/**
	 * Notes how many messages were with consumers after the end.
	 * @param sample the numbers of the queue that were sampled last
	 */
	void sampled(@Nullable QueueSample sample) {
		Instant ended = this.endedAt;
		if (this.inFlightElsewhere == null && sample != null && ended != null && sample.sampledAt().isAfter(ended)) {
			this.inFlightElsewhere = sample.inFlight();
		}
	}

	OperationView view() {
		return new OperationView(this.id, this.request.kind().name().toLowerCase(Locale.ROOT),
				this.queue.destination().name(), this.queue.group(), this.plan.from().name(),
				(this.plan.to() != null) ? this.plan.to().name() : null, this.state,
				this.plan.support().available() ? this.plan.support().level().label() : "impossible",
				this.plan.support().how(), this.startedAt, this.endedAt, this.request.by(), this.matched,
				this.matchedExact, this.taken, (this.plan.to() != null) ? this.taken : 0, this.kept,
				this.inFlightElsewhere, this.stage, (this.tally != null) ? this.tally.outcome(this.taken) : null,
				this.stoppedBecause, isUndoable());
	}

}
