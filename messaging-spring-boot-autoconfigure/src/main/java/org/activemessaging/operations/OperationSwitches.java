package org.activemessaging.operations;

import java.util.Set;

/**
 * The kinds of operations that are allowed: {@code control}, {@code purge},
 * {@code redrive}, {@code move}, {@code discard}.
 *
 * @param enabled the kinds that are
 * @since 0.1.0
 */
public record OperationSwitches(Set<String> enabled) {

	/**
	 * Copies the kinds.
	 */
	public OperationSwitches {
		enabled = Set.copyOf(enabled);
	}

	/**
	 * Checks that a kind of operations is allowed.
	 * @param kind the kind
	 * @throws OperationForbiddenException if it is not
	 */
	public void check(String kind) {
		if (!this.enabled.contains(kind)) {
			throw new OperationForbiddenException(
					"'%s' is switched off: set 'messaging.operations.%s.enabled' to 'true' to allow it".formatted(kind,
							kind));
		}
	}

}
