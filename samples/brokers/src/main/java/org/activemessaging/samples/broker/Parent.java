package org.activemessaging.samples.broker;

/**
 * The program that has started this one.
 */
final class Parent {

	private Parent() {
	}

	/**
	 * Ends this program when its parent does, also when that is killed: nobody is left to
	 * end it.
	 */
	static void endWithIt() {
		ProcessHandle.current()
			.parent()
			.ifPresent((parent) -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
	}

}
