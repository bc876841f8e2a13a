package org.activemessaging.operations;

import java.util.Map;
import java.util.Set;

/**
 * The kinds of operations that are allowed: {@code control}, {@code purge},
 * {@code redrive}, {@code move}, {@code discard}.
 *
 * @param enabled the kinds that are
 * @since 0.1.0
 */
public record OperationSwitches(Set<String> enabled) {

	private static final Map<String, String> PROPERTIES = Map.of("control", "messaging.operations.control.enabled",
			"purge", "messaging.operations.purge.enabled", "redrive", "messaging.operations.redrive.enabled", "move",
			"messaging.operations.move.enabled", "discard", "messaging.operations.discard.enabled");

	/**
	 * Copies the kinds.
	 * @param enabled the kinds that are
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
					"'" + kind + "' is switched off: set '" + PROPERTIES.get(kind) + "' to 'true' to allow it");
		}
	}

}
