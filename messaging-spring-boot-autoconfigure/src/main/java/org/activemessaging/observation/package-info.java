/**
 * Meters and observations: listeners to what other rooms do, nothing else.
 */
@NullMarked
package org.activemessaging.observation;

import org.jspecify.annotations.NullMarked;
