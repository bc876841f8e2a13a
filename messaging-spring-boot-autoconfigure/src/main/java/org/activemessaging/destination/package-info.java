/**
 * Logical names and their translation to addresses, virtual topics included.
 */
@NullMarked
package org.activemessaging.destination;

import org.jspecify.annotations.NullMarked;
