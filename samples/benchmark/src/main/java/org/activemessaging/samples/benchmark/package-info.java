/**
 * Measures the starter side by side with what Spring Boot brings, and with a hand-written
 * loop.
 */
@NullMarked
package org.activemessaging.samples.benchmark;

import org.jspecify.annotations.NullMarked;
