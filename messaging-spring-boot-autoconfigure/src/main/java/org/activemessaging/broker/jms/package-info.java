/**
 * Speaks to any provider of Jakarta Messaging by the connection factory it is told.
 */
@NullMarked
package org.activemessaging.broker.jms;

import org.jspecify.annotations.NullMarked;
