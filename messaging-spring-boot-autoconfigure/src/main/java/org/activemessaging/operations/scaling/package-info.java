/**
 * How many instances the backlog asks for.
 */
@NullMarked
package org.activemessaging.operations.scaling;

import org.jspecify.annotations.NullMarked;
