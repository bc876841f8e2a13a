package org.activemessaging.samples.benchmark.worker;

import java.io.IOException;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A variant that can run applications with many listeners.
 */
interface ManyListeners {

	/**
	 * Makes a class with methods that listen.
	 * @param setup what they listen to
	 * @param count how many methods
	 * @return the class
	 * @throws IOException if it cannot be written
	 * @throws ClassNotFoundException if it cannot be compiled
	 */
	Class<?> listeners(Setup setup, int count) throws IOException, ClassNotFoundException;

	/**
	 * Prepares an application.
	 * @param setup what it connects to
	 * @param listeners the class with the methods that listen
	 * @param count how many methods
	 * @return the application, not started yet
	 */
	Boot application(Setup setup, Class<?> listeners, int count);

	/**
	 * Tells whether all listen.
	 * @param context the application
	 * @return whether each of them has its consumer on the broker
	 */
	boolean isListening(ConfigurableApplicationContext context);

}
