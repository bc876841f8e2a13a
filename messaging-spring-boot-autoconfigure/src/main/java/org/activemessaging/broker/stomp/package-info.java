/**
 * Speaks STOMP to ActiveMQ, Artemis and RabbitMQ.
 */
@NullMarked
package org.activemessaging.broker.stomp;

import org.jspecify.annotations.NullMarked;
