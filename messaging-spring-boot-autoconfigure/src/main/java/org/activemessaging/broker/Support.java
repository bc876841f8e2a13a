package org.activemessaging.broker;

import java.util.Locale;

/**
 * How a broker does something.
 *
 * @param level who does it
 * @param how how it is done, or why it is not, in a few words
 * @since 0.1.0
 */
public record Support(Level level, String how) {

	/**
	 * The broker does it.
	 * @param how how it is done
	 * @return the support
	 */
	public static Support natively(String how) {
		return new Support(Level.NATIVE, how);
	}

	/**
	 * The adapter does it, with what the broker has.
	 * @param how how it is done
	 * @return the support
	 */
	public static Support emulated(String how) {
		return new Support(Level.EMULATED, how);
	}

	/**
	 * It cannot be done.
	 * @param why why not
	 * @return the support
	 */
	public static Support no(String why) {
		return new Support(Level.NO, why);
	}

	/**
	 * Tells whether it can be done.
	 * @return whether anybody does it
	 */
	public boolean available() {
		return this.level != Level.NO;
	}

	/**
	 * Who does it.
	 */
	public enum Level {

		/**
		 * The broker.
		 */
		NATIVE,

		/**
		 * The adapter.
		 */
		EMULATED,

		/**
		 * Nobody.
		 */
		NO;

		/**
		 * Returns the name as it is shown.
		 * @return the name in lower case
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
