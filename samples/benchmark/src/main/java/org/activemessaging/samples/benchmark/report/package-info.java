/**
 * The numbers, the tables and the chart.
 */
@NullMarked
package org.activemessaging.samples.benchmark.report;

import org.jspecify.annotations.NullMarked;
