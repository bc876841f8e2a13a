package org.activemessaging.cloudevents;

/**
 * How a CloudEvent becomes a message.
 *
 * @since 0.1.0
 */
public enum CloudEventsMode {

	/**
	 * The payload is the data of the event, its attributes are headers.
	 */
	BINARY,

	/**
	 * The payload is the whole event, as JSON.
	 */
	STRUCTURED

}
