/**
 * The data streams, the events on them, and the stenographer who writes the events down.
 */
@NullMarked
package org.activemessaging.samples.voyeur.stream;

import org.jspecify.annotations.NullMarked;
