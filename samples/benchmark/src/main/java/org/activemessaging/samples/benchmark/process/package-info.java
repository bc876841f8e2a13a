/**
 * Child JVMs, and the lines that the benchmark and its workers exchange.
 */
@NullMarked
package org.activemessaging.samples.benchmark.process;

import org.jspecify.annotations.NullMarked;
