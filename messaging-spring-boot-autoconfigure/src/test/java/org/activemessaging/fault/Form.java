package org.activemessaging.fault;

/**
 * How large the scenarios are: the short form runs with every build, the long form by the
 * profile {@code faults}.
 */
public final class Form {

	public static final boolean LONG = "long".equals(System.getProperty("fault.form"));

	private Form() {
	}

	public static int size(int inLongForm, int inShortForm) {
		return LONG ? inLongForm : inShortForm;
	}

}
