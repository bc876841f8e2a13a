/**
 * The page that shows live what has arrived.
 */
@NullMarked
package org.activemessaging.samples.voyeur.dashboard;

import org.jspecify.annotations.NullMarked;
