/**
 * Speaks to Amazon SQS, in batches whose every entry is checked.
 */
@NullMarked
package org.activemessaging.broker.sqs;

import org.jspecify.annotations.NullMarked;
