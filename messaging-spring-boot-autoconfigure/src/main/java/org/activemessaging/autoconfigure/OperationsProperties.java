package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.OperationSwitches;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators see, and what they may change.
 *
 * @param sampleInterval How often brokers are asked for the numbers of queues.
 * @param stalledAfter How long a processor may try nothing, although messages wait and
 * nothing explains it, before its connection is made anew. After the same time again,
 * liveness fails.
 * @param maskedHeaders Regular expressions. Headers with a name that contains a match are
 * shown without their value.
 * @param payload Payloads of messages.
 * @param control Control of processors.
 * @param purge Purging of queues.
 * @param redrive Redriving of dead letters.
 * @param move Moving of messages to another destination.
 * @param discard Discarding of dead letters.
 * @param trash Where purged and discarded messages are kept.
 * @since 0.1.0
 */
public record OperationsProperties(@DefaultValue("5s") Duration sampleInterval,
		@DefaultValue("5m") Duration stalledAfter,
		@DefaultValue("(?i)passw|secret|token|credential|authorization|cookie|api[-_]?key") List<String> maskedHeaders,
		@DefaultValue PayloadProperties payload, @DefaultValue ControlProperties control,
		@DefaultValue PurgeProperties purge, @DefaultValue RedriveProperties redrive, @DefaultValue MoveProperties move,
		@DefaultValue DiscardProperties discard, @DefaultValue TrashProperties trash) {

	OperationSwitches switches() {
		Set<String> enabled = new LinkedHashSet<>();
		add(enabled, "control", this.control.enabled());
		add(enabled, "purge", this.purge.enabled());
		add(enabled, "redrive", this.redrive.enabled());
		add(enabled, "move", this.move.enabled());
		add(enabled, "discard", this.discard.enabled());
		return new OperationSwitches(enabled);
	}

	private static void add(Set<String> enabled, String kind, boolean allowed) {
		if (allowed) {
			enabled.add(kind);
		}
	}

	/**
	 * Payloads of messages.
	 *
	 * @param enabled Whether operators may see payloads.
	 * @param maxLength How many characters of a payload or a header are shown.
	 * @param masks Regular expressions. What matches is replaced by '***' in payloads and
	 * headers.
	 */
	public record PayloadProperties(@DefaultValue("false") boolean enabled, @DefaultValue("4096") int maxLength,
			@DefaultValue List<String> masks) {
	}

	/**
	 * Control of processors.
	 *
	 * @param enabled Whether processors may be paused, stopped and so on by the endpoint,
	 * if it may be written to.
	 */
	public record ControlProperties(@DefaultValue("false") boolean enabled) {
	}

	/**
	 * Purging of queues.
	 *
	 * @param enabled Whether queues may be purged by the endpoint, if it may be written
	 * to.
	 */
	public record PurgeProperties(@DefaultValue("false") boolean enabled) {
	}

	/**
	 * Redriving of dead letters.
	 *
	 * @param enabled Whether dead letters may be sent back by the endpoint, if it may be
	 * written to.
	 * @param stages How many messages are sent back in each stage before their outcome is
	 * waited for. After the last one, the rest is. Default: 1, 10, 100.
	 * @param maxFailureRatio Which part of the messages that were sent back may fail, 0
	 * to 1. If more do, the rest stays in the dead letters.
	 * @param stageTimeout How long to wait for the outcome of a stage.
	 */
	public record RedriveProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<Integer> stages,
			@DefaultValue("0.2") double maxFailureRatio, @DefaultValue("30s") Duration stageTimeout) {

		/**
		 * Puts the stages in that are used unless others are configured.
		 * @param enabled Whether dead letters may be sent back by the endpoint, if it may
		 * be written to.
		 * @param stages How many messages are sent back in each stage before their
		 * outcome is waited for. After the last one, the rest is. Default: 1, 10, 100.
		 * @param maxFailureRatio Which part of the messages that were sent back may fail,
		 * 0 to 1. If more do, the rest stays in the dead letters.
		 * @param stageTimeout How long to wait for the outcome of a stage.
		 */
		public RedriveProperties {
			stages = stages.isEmpty() ? List.of(1, 10, 100) : List.copyOf(stages);
		}

		OperationRequest.Redrive defaults() {
			return new OperationRequest.Redrive(this.stages, 0, this.maxFailureRatio);
		}

	}

	/**
	 * Moving of messages to another destination.
	 *
	 * @param enabled Whether messages may be moved by the endpoint, if it may be written
	 * to.
	 */
	public record MoveProperties(@DefaultValue("false") boolean enabled) {
	}

	/**
	 * Discarding of dead letters.
	 *
	 * @param enabled Whether dead letters may be discarded by the endpoint, if it may be
	 * written to.
	 */
	public record DiscardProperties(@DefaultValue("false") boolean enabled) {
	}

	/**
	 * Where purged and discarded messages are kept.
	 *
	 * @param timeToLive How long they are kept.
	 */
	public record TrashProperties(@DefaultValue("7d") Duration timeToLive) {
	}

}
