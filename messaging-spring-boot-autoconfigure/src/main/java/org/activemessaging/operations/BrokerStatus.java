package org.activemessaging.operations;

/**
 * Whether a broker answers.
 *
 * @since 0.1.0
 */
public enum BrokerStatus {

	/**
	 * It was not asked yet.
	 */
	UNKNOWN,

	/**
	 * It answers.
	 */
	UP,

	/**
	 * It does not answer.
	 */
	DOWN

}
