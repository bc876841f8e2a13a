package org.activemessaging.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.activemessaging.broker.Address;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.operations.OperationRequest.From;
import org.activemessaging.operations.OperationRequest.Kind;
import org.activemessaging.operations.OperationView.State;
import org.activemessaging.processor.ProcessorRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Purges, moves, redrives and discards the messages of declared destinations, in the
 * background: one operation at a time on a queue, four in the application. What is asked
 * for is answered at once; the receipt is complete when the operation has ended. This
 * instance remembers the last 100 operations.
 *
 * @since 0.1.0
 */
public final class QueueOperations implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(QueueOperations.class);

	private static final int AT_ONCE = 4;

	private static final int REMEMBERED = 100;

	private final Map<String, QueueOperation> operations = Collections.synchronizedMap(new LinkedHashMap<>());

	private final QueueReader reader = new QueueReader();

	private final Estimate estimate;

	private final DestinationQueues queues;

	private final MessagingOperations numbers;

	private final RedriveOutcomes outcomes;

	private final OperationSwitches switches;

	private final OperationAudit audit;

	private final Duration timeToLive;

	private final Duration stageTimeout;

	private final ThreadPoolExecutor executor;

	/**
	 * Creates the operations.
	 * @param destinations the destinations
	 * @param processors the processors, which know further groups
	 * @param numbers what knows the depths of queues
	 * @param outcomes what follows messages that were sent back
	 * @param switches what is allowed
	 * @param audit who is told of what was done
	 * @param timeToLive how long the trash is kept
	 * @param stageTimeout how long to wait for the outcome of a stage of a redrive
	 */
	public QueueOperations(NamedDestinations destinations, ProcessorRegistry processors, MessagingOperations numbers,
			RedriveOutcomes outcomes, OperationSwitches switches, OperationAudit audit, Duration timeToLive,
			Duration stageTimeout) {
		this.queues = new DestinationQueues(destinations, processors);
		this.numbers = numbers;
		this.estimate = new Estimate(this.reader, numbers);
		this.outcomes = outcomes;
		this.switches = switches;
		this.audit = audit;
		this.timeToLive = timeToLive;
		this.stageTimeout = stageTimeout;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-operation-");
		threads.setDaemon(true);
		this.executor = new ThreadPoolExecutor(0, AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
	}

	/**
	 * Begins an operation, or tells what it would do. Only the latter looks at messages,
	 * for ten seconds at most.
	 * @param request what is wanted
	 * @return the operation as it is now
	 * @throws UnknownNameException if there is no such destination or group
	 * @throws OperationForbiddenException if the configuration does not allow it
	 * @throws OperationConflictException if it is not possible, or not now
	 * @throws IllegalArgumentException if the request is wrong
	 */
	public OperationView submit(OperationRequest request) {
		this.switches.check(kind(request));
		QueueRef queue = this.queues.find(request.destination(), request.group());
		if (request.from() != From.DEAD_LETTERS) {
			queue.one();
		}
		NamedDestination target = (request.to() != null) ? target(request.to()) : null;
		OperationPlan plan = OperationPlan.of(request, queue, target);
		return begin(request, queue, plan, targets(target), null);
	}

	/**
	 * Brings back what an operation has put into the trash.
	 * @param id the id of the operation
	 * @param dryRun whether only to tell what would be done
	 * @param by who asks for it
	 * @return the new operation as it is now
	 * @throws UnknownNameException if this instance does not remember such an operation
	 * @throws OperationForbiddenException if the configuration does not allow it
	 * @throws OperationConflictException if there is nothing to bring back, or not now
	 */
	public OperationView undo(String id, boolean dryRun, String by) {
		QueueOperation undone = find(id);
		this.switches.check(kind(undone.request()));
		if (!undone.isUndoable()) {
			throw new OperationConflictException("Operation '" + id + "' has nothing in the trash to bring back");
		}
		OperationRequest of = undone.request();
		OperationRequest request = new OperationRequest(Kind.UNDO, of.destination(), of.group(), From.TRASH, null,
				MessageSelection.ALL, Integer.MAX_VALUE, dryRun, false, null, by);
		Address trash = OperationPlan.trash(undone.plan().from());
		OperationPlan plan = new OperationPlan(trash, undone.plan().from(), null, undone.plan().support());
		return begin(request, undone.queue(), plan, List.of(), id);
	}

	private OperationView begin(OperationRequest request, QueueRef queue, OperationPlan plan, List<Address> targets,
			@Nullable String undoes) {
		String id = UUID.randomUUID().toString();
		boolean follows = request.kind() == Kind.REDRIVE && !request.dryRun();
		QueueOperation operation = new QueueOperation(id, request, queue, plan,
				follows ? this.outcomes.follow(id) : null, undoes);
		if (request.dryRun()) {
			this.estimate.of(operation);
			operation.end(State.DRY_RUN, null);
			return operation.view();
		}
		if (!plan.support().available()) {
			throw new OperationConflictException("It is not possible: " + plan.support().how());
		}
		start(operation, targets);
		return operation.view();
	}

	private void start(QueueOperation operation, List<Address> targets) {
		OperationRun run = new OperationRun(operation, this.outcomes, targets, this.timeToLive, this.stageTimeout);
		synchronized (this.operations) {
			for (QueueOperation other : this.operations.values()) {
				if (other.state() == State.RUNNING && touches(other, operation)) {
					throw new OperationConflictException("Operation '" + other.id() + "' is at work on "
							+ operation.plan().from() + "; wait for its end, or cancel it");
				}
			}
			remember(operation);
			try {
				this.executor.execute(() -> run(operation, run));
			}
			catch (RejectedExecutionException ex) {
				this.operations.remove(operation.id());
				this.outcomes.forget(operation.id());
				throw new OperationConflictException(AT_ONCE + " operations are at work; wait for the end of one");
			}
		}
	}

	private void run(QueueOperation operation, OperationRun run) {
		tell(operation);
		run.run();
		QueueOperation undone = (operation.undoes() != null && operation.state() == State.DONE)
				? this.operations.get(operation.undoes()) : null;
		if (undone != null) {
			undone.undone();
		}
		tell(operation);
	}

	private static boolean touches(QueueOperation one, QueueOperation other) {
		return one.queue().broker() == other.queue().broker() && one.plan().from().equals(other.plan().from());
	}

	private void remember(QueueOperation operation) {
		this.operations.put(operation.id(), operation);
		List<String> ended = this.operations.values()
			.stream()
			.filter((candidate) -> candidate.state() != State.RUNNING)
			.map(QueueOperation::id)
			.toList();
		int superfluous = Math.min(ended.size(), this.operations.size() - REMEMBERED);
		for (int i = 0; i < superfluous; i++) {
			this.operations.remove(ended.get(i));
			this.outcomes.forget(ended.get(i));
		}
	}

	private void tell(QueueOperation operation) {
		OperationView view = operation.view();
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("operation", view.id());
		data.put("destination", view.destination());
		data.put("queue", view.queue());
		if (view.target() != null) {
			data.put("target", view.target());
		}
		data.put("state", view.state().name());
		data.put("removed", view.removed());
		data.put("moved", view.moved());
		data.put("skipped", view.skipped());
		try {
			this.audit.record(view.by(), view.kind(), data);
		}
		catch (RuntimeException ex) {
			logger.warn("Operation " + view.id() + " could not be recorded", ex);
		}
	}

	private NamedDestination target(String name) {
		NamedDestination target = this.queues.destination(name);
		if (target.hasWildcard()) {
			throw new IllegalArgumentException("Destination '" + name + "' stands for each " + target.type().label()
					+ " that matches '" + target.physicalName() + "', so that nothing can be moved to it");
		}
		return target;
	}

	private List<Address> targets(@Nullable NamedDestination target) {
		return (target != null && target.type() == DestinationType.VIRTUAL_TOPIC)
				? new ArrayList<>(this.queues.of(target).keySet()) : List.of();
	}

	/**
	 * Returns an operation.
	 * @param id its id
	 * @return the operation as it is now
	 * @throws UnknownNameException if this instance does not remember such an operation
	 */
	public OperationView get(String id) {
		return view(find(id));
	}

	/**
	 * Returns the operations that this instance remembers.
	 * @return the operations, the newest first
	 */
	public OperationsView all() {
		List<OperationView> views = new ArrayList<>();
		synchronized (this.operations) {
			this.operations.values().forEach((operation) -> views.add(0, view(operation)));
		}
		return new OperationsView(views);
	}

	private OperationView view(QueueOperation operation) {
		operation.sampled(this.numbers.sample(operation.queue().broker().name(), operation.plan().from().name()));
		return operation.view();
	}

	/**
	 * Has an operation end after the transaction that it is at.
	 * @param id its id
	 * @param by who asks for it
	 * @return the operation as it is now
	 * @throws UnknownNameException if this instance does not remember such an operation
	 */
	public OperationView cancel(String id, String by) {
		QueueOperation operation = find(id);
		if (operation.state() == State.RUNNING) {
			operation.cancel();
			this.audit.record(by, "cancel", Map.of("operation", id));
		}
		return operation.view();
	}

	private QueueOperation find(String id) {
		synchronized (this.operations) {
			QueueOperation operation = this.operations.get(id);
			if (operation == null) {
				throw new UnknownNameException(id, this.operations.keySet());
			}
			return operation;
		}
	}

	@Override
	public void close() {
		synchronized (this.operations) {
			this.operations.values().forEach(QueueOperation::cancel);
			this.operations.values().forEach(QueueOperation::closeConnection);
		}
		this.executor.shutdown();
		this.reader.close();
	}

	private static String kind(OperationRequest request) {
		return request.kind().name().toLowerCase(Locale.ROOT);
	}

}
