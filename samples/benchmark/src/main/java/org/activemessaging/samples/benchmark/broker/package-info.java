/**
 * The brokers that are measured, each in a process of its own with its journal on disk.
 */
@NullMarked
package org.activemessaging.samples.benchmark.broker;

import org.jspecify.annotations.NullMarked;
