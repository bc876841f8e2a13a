package org.activemessaging.listener;

import java.time.Duration;

import jakarta.jms.Message;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of messages. Called by the threads of consumers, so it must be
 * quick and must not throw.
 *
 * @since 0.1.0
 */
public interface DeliveryListener {

	/**
	 * A message was processed.
	 * @param processor the processor
	 * @param nanos how long it took, in nanoseconds
	 * @param waitMillis the time from sent to received, in milliseconds by the clocks of
	 * both sides, or a negative number if it is unknown
	 */
	default void processed(ProcessorDefinition processor, long nanos, long waitMillis) {
	}

	/**
	 * The processing of a message failed.
	 * @param processor the processor
	 * @param nanos how long it took, in nanoseconds
	 * @param failure the failure
	 */
	default void failed(ProcessorDefinition processor, long nanos, Throwable failure) {
	}

	/**
	 * A message is tried again.
	 * @param processor the processor
	 * @param delay after how long, zero for at once
	 */
	default void redelivered(ProcessorDefinition processor, Duration delay) {
	}

	/**
	 * A message is given up.
	 * @param processor the processor
	 * @param letter why
	 */
	default void deadLettered(ProcessorDefinition processor, DeadLetter letter) {
	}

	/**
	 * A message is discarded, as a rule of redelivery says.
	 * @param processor the processor
	 * @param failure with what it failed
	 */
	default void discarded(ProcessorDefinition processor, Throwable failure) {
	}

	/**
	 * A try of a message failed; it may be tried again.
	 * @param processor the processor
	 * @param message the message, not to be changed
	 * @param failure the failure
	 */
	default void tried(ProcessorDefinition processor, Message message, Throwable failure) {
	}

	/**
	 * The transaction of a message is committed, in which it was processed, discarded or
	 * given up.
	 * @param processor the processor
	 * @param message the message, not to be changed
	 * @param letter why it was given up, or {@code null} if it was not
	 */
	default void settled(ProcessorDefinition processor, Message message, @Nullable DeadLetter letter) {
	}

	/**
	 * A message was skipped, as its idempotent processor had processed it before. It also
	 * counts as processed.
	 * @param processor the processor
	 */
	default void duplicate(ProcessorDefinition processor) {
	}

}
