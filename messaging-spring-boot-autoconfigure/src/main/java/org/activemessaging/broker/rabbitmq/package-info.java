/**
 * RabbitMQ.
 */
@NullMarked
package org.activemessaging.broker.rabbitmq;

import org.jspecify.annotations.NullMarked;
