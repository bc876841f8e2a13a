package org.activemessaging.operations;

import java.util.Map;

/**
 * Is told of everything that an operator changes.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OperationAudit {

	/**
	 * Notes a change. Called when it was made; of a long one when it begins, and again
	 * with the receipt when it ends.
	 * @param by who asked for it
	 * @param operation what was asked for, for example {@code purge}
	 * @param data the target and the receipt
	 */
	void record(String by, String operation, Map<String, Object> data);

}
