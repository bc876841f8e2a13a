/**
 * Depth, age and state: what an operator asks for, whatever the broker.
 */
@NullMarked
package org.activemessaging.operations;

import org.jspecify.annotations.NullMarked;
