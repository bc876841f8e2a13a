/**
 * The processors that turn the streams into rows and meters, in two groups.
 */
@NullMarked
package org.activemessaging.samples.voyeur.analytics;

import org.jspecify.annotations.NullMarked;
