/**
 * Where given-up messages go, with the cause.
 */
@NullMarked
package org.activemessaging.deadletter;

import org.jspecify.annotations.NullMarked;
