package org.activemessaging.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.activemessaging.listener.Concurrency;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.processor.ProcessorGroups;
import org.jspecify.annotations.Nullable;

/**
 * Pauses, resumes, stops and starts processors, and changes their concurrency, of this
 * instance of the application only. Nothing waits for a broker: what an answer shows may
 * be the state of a moment before.
 *
 * @since 0.1.0
 */
public final class ProcessorOperations {

	private static final String KIND = "control";

	private final ProcessorControl control;

	private final ProcessorGroups groups;

	private final MessagingOperations operations;

	private final OperationSwitches switches;

	private final OperationAudit audit;

	/**
	 * Creates the operations.
	 * @param control what controls a processor
	 * @param groups the groups of processors
	 * @param operations what shows a processor
	 * @param switches what is allowed
	 * @param audit who is told of changes
	 */
	public ProcessorOperations(ProcessorControl control, ProcessorGroups groups, MessagingOperations operations,
			OperationSwitches switches, OperationAudit audit) {
		this.control = control;
		this.groups = groups;
		this.operations = operations;
		this.switches = switches;
		this.audit = audit;
	}

	/**
	 * Changes a processor.
	 * @param id its id
	 * @param change what is to change
	 * @param by who asks for it
	 * @return a view of the processor
	 * @throws UnknownNameException if no processor of that id runs here
	 * @throws OperationForbiddenException if the configuration does not allow it
	 * @throws IllegalArgumentException if the change is not possible
	 */
	public ProcessorView change(String id, Change change, String by) {
		this.switches.check(KIND);
		Map<String, ProcessorView> known = this.operations.processors();
		if (!known.containsKey(id)) {
			throw new UnknownNameException(id, known.keySet());
		}
		apply(id, change);
		this.audit.record(by, KIND, data("processor", id, change));
		return Objects.requireNonNull(this.operations.processor(id));
	}

	/**
	 * Changes those processors of a group that run here.
	 * @param group the name of the group
	 * @param change what is to change
	 * @param by who asks for it
	 * @return views of the processors by id
	 * @throws UnknownNameException if there is no such group
	 * @throws OperationForbiddenException if the configuration does not allow it
	 * @throws IllegalArgumentException if the change is not possible
	 */
	public Map<String, ProcessorView> changeGroup(String group, Change change, String by) {
		this.switches.check(KIND);
		List<String> members = this.groups.groups().get(group);
		if (members == null) {
			throw new UnknownNameException(group, this.groups.groups().keySet());
		}
		Map<String, ProcessorView> known = this.operations.processors();
		Map<String, ProcessorView> changed = new LinkedHashMap<>();
		for (String id : members) {
			if (known.containsKey(id)) {
				apply(id, change);
				changed.put(id, Objects.requireNonNull(this.operations.processor(id)));
			}
		}
		this.audit.record(by, KIND, data("processorGroup", group, change));
		return changed;
	}

	private void apply(String id, Change change) {
		if (change.concurrency() != null) {
			this.control.setConcurrency(id, change.concurrency());
		}
		if (change.state() != null) {
			switch (change.state()) {
				case PAUSED -> this.control.pause(id, PauseReason.OPERATOR);
				case STOPPED -> this.control.stop(id);
				case RUNNING -> {
					this.control.resume(id, PauseReason.OPERATOR);
					this.control.start(id);
				}
			}
		}
	}

	private static Map<String, Object> data(String kind, String name, Change change) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put(kind, name);
		if (change.state() != null) {
			data.put("state", change.state().name());
		}
		if (change.concurrency() != null) {
			data.put("concurrency", change.concurrency().toString());
		}
		return data;
	}

	/**
	 * What is to change.
	 *
	 * @param state the state that is wanted, or {@code null} if it is to stay
	 * @param concurrency how many consumers are wanted, or {@code null} if that is to
	 * stay
	 */
	public record Change(@Nullable Wanted state, @Nullable Concurrency concurrency) {

		/**
		 * Creates a change.
		 * @param state the state that is wanted, or {@code null} if it is to stay
		 * @param concurrency {@code n} or {@code min-max}, or {@code null} if that is to
		 * stay
		 * @return the change
		 * @throws IllegalArgumentException if the concurrency is neither, or there is
		 * nothing to change
		 */
		public static Change of(@Nullable Wanted state, @Nullable String concurrency) {
			if (state == null && concurrency == null) {
				throw new IllegalArgumentException("'state' or 'concurrency' is missing");
			}
			return new Change(state, (concurrency != null) ? Concurrency.parse(concurrency) : null);
		}

	}

	/**
	 * The states that can be wanted.
	 */
	public enum Wanted {

		/**
		 * It listens, unless something else than the operator has paused it.
		 */
		RUNNING,

		/**
		 * It keeps its connection and takes no messages.
		 */
		PAUSED,

		/**
		 * It does not listen.
		 */
		STOPPED

	}

}
