package org.activemessaging.samples.benchmark.comparison;

import org.activemessaging.samples.benchmark.report.Report;

/**
 * Measures several candidates side by side: in each round all of them, one after the
 * other, so that what else the machine does meets all of them alike.
 */
public interface Comparison {

	/**
	 * Runs the comparison.
	 * @param lab the brokers and workers
	 * @param report where the numbers go
	 */
	void run(Lab lab, Report report);

}
