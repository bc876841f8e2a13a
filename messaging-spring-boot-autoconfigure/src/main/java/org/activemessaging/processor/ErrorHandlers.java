package org.activemessaging.processor;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * The methods of a class that decide about failures, each of another type.
 *
 * @param handlers those methods, of a type before its supertypes
 */
record ErrorHandlers(List<ErrorHandler> handlers) {

	/**
	 * Puts handlers in order.
	 * @param handlers the handlers
	 * @return the handlers in their order
	 * @throws InvalidProcessorException if two are for the same type
	 */
	static ErrorHandlers of(List<ErrorHandler> handlers) {
		List<ErrorHandler> sorted = new ArrayList<>();
		for (ErrorHandler handler : handlers) {
			int index = 0;
			while (index < sorted.size() && !sorted.get(index).failureType().isAssignableFrom(handler.failureType())) {
				index++;
			}
			if (index < sorted.size() && sorted.get(index).failureType() == handler.failureType()) {
				throw new InvalidProcessorException(
						"Two methods decide about the same failures, those of type "
								+ handler.failureType().getSimpleName() + ": " + sorted.get(index).describe() + " and "
								+ handler.describe() + ".",
						"Remove @OnError from one of them, or have it take another exception.", null);
			}
			sorted.add(index, handler);
		}
		return new ErrorHandlers(List.copyOf(sorted));
	}

	boolean isEmpty() {
		return this.handlers.isEmpty();
	}

	void decide(Exception failure, Message<?> message) throws Exception {
		ErrorHandler handler = handler(failure);
		if (handler == null) {
			throw failure;
		}
		try {
			handler.decide(failure, message);
		}
		catch (Exception | Error ex) {
			attach(failure, ex);
			throw ex;
		}
	}

	private @Nullable ErrorHandler handler(Exception failure) {
		if (ErrorHandler.isDecided(failure.getClass())) {
			return null;
		}
		return this.handlers.stream()
			.filter((handler) -> handler.failureType().isInstance(failure))
			.findFirst()
			.orElse(null);
	}

	// So that a dead letter tells what has happened, and not only what was decided.
	private static void attach(Exception failure, Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause == failure) {
				return;
			}
		}
		if (thrown.getCause() == null) {
			try {
				thrown.initCause(failure);
				return;
			}
			catch (IllegalStateException ex) {
				// It was made with no cause on purpose.
			}
		}
		thrown.addSuppressed(failure);
	}

}
