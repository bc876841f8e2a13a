package org.activemessaging.fault;

import java.time.Duration;

/**
 * How large the scenarios are: the short form runs with every build, the long form by the
 * profile {@code faults}.
 */
public final class Form {

	public static final boolean LONG = "long".equals(System.getProperty("fault.form"));

	private Form() {
	}

	/**
	 * Returns how long a call may take that is to end after a time-out: a tenth more, and
	 * what a busy machine needs to find the thread a processor.
	 */
	static Duration inTime(Duration timeout) {
		return timeout.plus(timeout.dividedBy(10)).plusMillis(500);
	}

	public static int size(int inLongForm, int inShortForm) {
		return LONG ? inLongForm : inShortForm;
	}

}
