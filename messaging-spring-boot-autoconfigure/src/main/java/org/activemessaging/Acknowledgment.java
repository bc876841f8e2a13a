package org.activemessaging;

/**
 * A parameter of a processor that acknowledges its messages itself, in acknowledge mode
 * {@code client}. A message that is never acknowledged stays with the consumer and comes
 * again when its session ends; while there are as many as the window, no more arrive.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Acknowledgment {

	/**
	 * Acknowledges the message, and no other. May be called while the processor is
	 * handling the message, by its thread; calling it again does nothing.
	 */
	void acknowledge();

}
