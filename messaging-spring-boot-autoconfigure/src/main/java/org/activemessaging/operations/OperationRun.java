package org.activemessaging.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.Support;
import org.activemessaging.deadletter.Cause;
import org.activemessaging.operations.OperationView.Stage;
import org.activemessaging.operations.OperationView.State;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jms.support.JmsUtils;

/**
 * Carries an operation out, stage by stage.
 */
final class OperationRun implements Runnable {

	private static final Log logger = LogFactory.getLog(OperationRun.class);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

	private static final int LOOK_AT = 1000;

	private final QueueOperation operation;

	private final RedriveOutcomes outcomes;

	private final List<Address> targets;

	private final Duration timeToLive;

	private final Duration stageTimeout;

	/**
	 * Creates a run.
	 * @param operation the operation
	 * @param outcomes what follows redriven messages
	 * @param targets queues that must exist before something is sent
	 * @param timeToLive how long the trash is kept
	 * @param stageTimeout how long to wait for the outcome of a stage
	 */
	OperationRun(QueueOperation operation, RedriveOutcomes outcomes, List<Address> targets, Duration timeToLive,
			Duration stageTimeout) {
		this.operation = operation;
		this.outcomes = outcomes;
		this.targets = targets;
		this.timeToLive = timeToLive;
		this.stageTimeout = stageTimeout;
	}

	@Override
	public void run() {
		try {
			prepareTargets();
			stages(new OperationSteps(this.operation, this.outcomes, this.timeToLive).transfer());
			end();
		}
		catch (JMSException | RuntimeException ex) {
			if (this.operation.isCancelled()) {
				end();
				return;
			}
			this.operation.end(State.FAILED, OutageLog.describe(ex));
			logger.warn("Operation " + this.operation.id() + " on " + this.operation.plan().from() + " of "
					+ this.operation.queue().broker() + " failed: " + OutageLog.describe(ex));
		}
		finally {
			if (this.operation.state() == State.RUNNING) {
				this.operation.end(State.FAILED, "it ended by an error; the log says which");
			}
		}
	}

	private void end() {
		State state = this.operation.isCancelled() ? State.CANCELLED
				: this.operation.isStopped() ? State.STOPPED : State.DONE;
		this.operation.end(state, null);
	}

	private void prepareTargets() throws JMSException {
		if (this.targets.isEmpty()) {
			return;
		}
		onConnection((connection) -> {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			this.operation.queue().broker().adapter().prepare(session, this.targets);
		});
	}

	private void stages(Transfer transfer) throws JMSException {
		OperationRequest.Redrive redrive = this.operation.request().redrive();
		List<Integer> sizes = new ArrayList<>((redrive != null) ? redrive.stages() : List.of());
		sizes.add(Integer.MAX_VALUE);
		int limit = this.operation.request().limit();
		int left = limit;
		for (int i = 0; i < sizes.size() && left > 0 && !isOver(); i++) {
			int size = Math.min(sizes.get(i), left);
			if (redrive != null) {
				boolean rest = i + 1 == sizes.size() && limit == Integer.MAX_VALUE;
				this.operation.enter(new Stage(i + 1, sizes.size(), rest ? null : size));
			}
			int taken = transfer.run(size);
			left -= taken;
			if (taken < size) {
				return;
			}
			if (redrive != null && left > 0 && i + 1 < sizes.size()) {
				judge();
			}
		}
	}

	private boolean isOver() {
		return this.operation.isCancelled() || this.operation.isStopped();
	}

	// Waits until it is known of each message that it was processed or failed.
	private void judge() throws JMSException {
		RedriveOutcomes.Tally tally = this.operation.tally();
		OperationRequest.Redrive redrive = this.operation.request().redrive();
		if (tally == null || redrive == null || redrive.maxFailureRatio() >= 1) {
			return;
		}
		long deadline = System.nanoTime() + this.stageTimeout.toNanos();
		while (tally.known() < this.operation.taken() && System.nanoTime() - deadline < 0) {
			if (this.operation.failsTooOften() || this.operation.waitFor(BETWEEN_LOOKS)) {
				return;
			}
		}
		if (tally.known() < this.operation.taken()) {
			lookIntoTheDeadLetters();
		}
		if (!this.operation.failsTooOften() && tally.known() == 0) {
			this.operation.stop("of no message that was sent back it is known after " + this.stageTimeout.toSeconds()
					+ " s what became of it; does a processor of this instance read " + this.operation.plan().to()
					+ "? With 'maxFailureRatio' 1 nothing is waited for");
		}
	}

	// What another instance has given up again.
	private void lookIntoTheDeadLetters() throws JMSException {
		Broker broker = this.operation.queue().broker();
		if (QueueReader.support(broker, true).level() != Support.Level.NATIVE) {
			return;
		}
		onConnection((connection) -> {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			for (Message message : ((QueueBrowsing) broker.adapter()).browse(session, this.operation.plan().from(),
					LOOK_AT)) {
				if (this.operation.id().equals(message.getStringProperty(MessagingHeaders.REDRIVE))) {
					this.outcomes.found(message, Cause.of(message, broker.adapter()).fingerprint());
				}
			}
		});
	}

	private void onConnection(Work work) throws JMSException {
		Connection connection = this.operation.queue().broker().connectionFactory().createConnection();
		try {
			work.on(connection);
		}
		finally {
			JmsUtils.closeConnection(connection);
		}
	}

	@Override
	public String toString() {
		return "operation " + this.operation.id();
	}

	/**
	 * Something to do with a connection.
	 */
	@FunctionalInterface
	private interface Work {

		void on(Connection connection) throws JMSException;

	}

}
