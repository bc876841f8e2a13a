/**
 * ActiveMQ Classic.
 */
@NullMarked
package org.activemessaging.broker.activemq;

import org.jspecify.annotations.NullMarked;
