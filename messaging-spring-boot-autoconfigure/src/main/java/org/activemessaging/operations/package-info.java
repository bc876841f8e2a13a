/**
 * Depth, age, pause, purge, redrive: what an operator asks for, whatever the broker.
 */
@NullMarked
package org.activemessaging.operations;

import org.jspecify.annotations.NullMarked;
