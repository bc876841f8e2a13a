package org.activemessaging.listener;

import java.util.List;

import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Accompanies each try of a message, on the thread that makes it. Must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessObserver {

	/**
	 * Observes nothing.
	 */
	ProcessObserver NONE = (processor, messages) -> Observed.NONE;

	/**
	 * A try begins, before the message is read and filtered.
	 * @param processor the processor
	 * @param messages the message, or those that the processor takes in one call
	 * @return what is told how it goes on
	 */
	Observed begin(ProcessorDefinition processor, List<ObservedMessage> messages);

	/**
	 * A try that is being made. For use by its thread.
	 */
	interface Observed extends AutoCloseable {

		/**
		 * Nobody looks.
		 */
		Observed NONE = new Observed() {
		};

		/**
		 * Returns what a later try is to know this one by.
		 * @return the trace context in the form of a W3C {@code traceparent}, or
		 * {@code null} if there is none
		 */
		default @Nullable String trace() {
			return null;
		}

		/**
		 * The try has failed, or a message of it.
		 * @param failure with what
		 */
		default void failed(Throwable failure) {
		}

		/**
		 * The try is over.
		 */
		@Override
		default void close() {
		}

	}

}
