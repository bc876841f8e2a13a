/**
 * Amazon SQS.
 */
@NullMarked
package org.activemessaging.broker.sqs;

import org.jspecify.annotations.NullMarked;
