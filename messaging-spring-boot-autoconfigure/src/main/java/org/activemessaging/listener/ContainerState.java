package org.activemessaging.listener;

/**
 * What the container of a processor is doing.
 *
 * @since 0.1.0
 */
public enum ContainerState {

	/**
	 * It listens.
	 */
	RUNNING,

	/**
	 * It keeps its connection and takes no messages until it is told to go on.
	 */
	PAUSED,

	/**
	 * It was told to listen, and has no connection yet or has it no longer.
	 */
	RECOVERING,

	/**
	 * It does not listen.
	 */
	STOPPED,

	/**
	 * It was told to listen, and could not begin to; it does not try again by itself.
	 */
	FAILED

}
