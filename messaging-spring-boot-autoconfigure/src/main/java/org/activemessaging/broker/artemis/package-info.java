/**
 * Speaks to ActiveMQ Artemis by its own client.
 */
@NullMarked
package org.activemessaging.broker.artemis;

import org.jspecify.annotations.NullMarked;
