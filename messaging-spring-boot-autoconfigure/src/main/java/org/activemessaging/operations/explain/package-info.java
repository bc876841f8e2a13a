/**
 * How a logical name becomes an address, and who handles its messages, with the reason of
 * each step.
 */
@NullMarked
package org.activemessaging.operations.explain;

import org.jspecify.annotations.NullMarked;
