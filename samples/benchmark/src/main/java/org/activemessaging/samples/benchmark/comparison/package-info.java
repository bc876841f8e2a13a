/**
 * What is compared, and by which measure.
 */
@NullMarked
package org.activemessaging.samples.benchmark.comparison;

import org.jspecify.annotations.NullMarked;
