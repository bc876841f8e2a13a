package org.activemessaging.autoconfigure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Says where ActiveMQ is if no property does. Keeps the types of ActiveMQ and of Spring
 * Boot's module for it out of the code that has to run without them.
 */
final class DefaultBrokerProvider {

	private DefaultBrokerProvider() {
	}

	/**
	 * A broker that a test or Docker Compose has started.
	 */
	@FunctionalInterface
	interface Running {

		/**
		 * Returns where it is.
		 * @return the address, or {@code null} if there is none
		 */
		@Nullable Location location();

	}

	/**
	 * A broker inside the application.
	 */
	interface Embedded {

		/**
		 * Starts it.
		 * @param dataDirectory the folder to keep messages in, or {@code null} for memory
		 * @return where it is
		 */
		Location start(@Nullable Path dataDirectory);

		/**
		 * Stops it.
		 */
		void stop();

	}

	/**
	 * Where a broker is.
	 *
	 * @param adapter the adapter that speaks to it
	 * @param url its URL
	 * @param user the user name
	 * @param password the password
	 * @param development whether it was started for development
	 */
	record Location(String adapter, String url, @Nullable String user, @Nullable String password, boolean development) {

		@Override
		public String toString() {
			return "Location";
		}

	}

}
