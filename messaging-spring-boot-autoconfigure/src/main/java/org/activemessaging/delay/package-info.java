/**
 * Queues in which messages wait for their time, and the mover that brings them back.
 */
@NullMarked
package org.activemessaging.delay;

import org.jspecify.annotations.NullMarked;
