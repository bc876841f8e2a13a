package org.activemessaging.samples.voyeur.stream;

import java.util.Locale;

/**
 * The streams of the deck. Each is a virtual topic, declared under
 * {@code messaging.destination}.
 */
public enum DataStream {

	/**
	 * Every page request.
	 */
	CLICKSTREAM,

	/**
	 * Every search.
	 */
	QUERYSTREAM,

	/**
	 * Where the mouse went.
	 */
	MOUSESTREAM,

	/**
	 * What the component proposed that corrects misspelt queries.
	 */
	BELUSHINATORSTREAM,

	/**
	 * Errors of one component of a page, which the page survived.
	 */
	COMPONENTERRORSTREAM,

	/**
	 * Errors that ended a request.
	 */
	ERRORSTREAM;

	/**
	 * Returns the logical name of the stream's destination.
	 * @return the name, as in the configuration
	 */
	public String destination() {
		return name().toLowerCase(Locale.ROOT);
	}

}
