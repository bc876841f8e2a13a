/**
 * What a worker does: the variants, and the tasks that each of them is given.
 */
@NullMarked
package org.activemessaging.samples.benchmark.worker;

import org.jspecify.annotations.NullMarked;
