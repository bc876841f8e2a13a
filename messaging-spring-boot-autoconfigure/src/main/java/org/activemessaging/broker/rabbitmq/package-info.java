/**
 * Speaks to RabbitMQ, published with confirms and acknowledged afterwards.
 */
@NullMarked
package org.activemessaging.broker.rabbitmq;

import org.jspecify.annotations.NullMarked;
