package org.activemessaging.filter;

/**
 * The way a message takes.
 *
 * @since 0.1.0
 */
public enum Direction {

	/**
	 * From a broker to a processor.
	 */
	INBOUND,

	/**
	 * From a publisher to a broker.
	 */
	OUTBOUND

}
