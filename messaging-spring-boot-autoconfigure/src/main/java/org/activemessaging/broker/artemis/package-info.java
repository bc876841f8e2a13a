/**
 * ActiveMQ Artemis.
 */
@NullMarked
package org.activemessaging.broker.artemis;

import org.jspecify.annotations.NullMarked;
