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
	 * It was told to listen, and has no connection yet or has it no longer.
	 */
	RECOVERING,

	/**
	 * It does not listen.
	 */
	STOPPED

}
