/**
 * The parts of the cost of one message, measured by JMH.
 */
@NullMarked
package org.activemessaging.samples.benchmark.micro;

import org.jspecify.annotations.NullMarked;
