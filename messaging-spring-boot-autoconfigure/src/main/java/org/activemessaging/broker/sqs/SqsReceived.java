package org.activemessaging.broker.sqs;

import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A message as it was received.
 *
 * @param message the message
 * @param lease the right to it
 */
record SqsReceived(Message message, SqsLease lease) {
}
