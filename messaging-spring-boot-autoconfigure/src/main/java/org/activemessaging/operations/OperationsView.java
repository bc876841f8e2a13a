package org.activemessaging.operations;

import java.util.List;

/**
 * The last operations on the messages of queues that this instance has done.
 *
 * @param operations the operations, the newest first
 * @since 0.1.0
 */
public record OperationsView(List<OperationView> operations) {

}
