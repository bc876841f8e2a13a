package org.activemessaging.broker.stomp;

import org.jspecify.annotations.Nullable;

/**
 * Who connects. Its text form shows nothing.
 *
 * @param user the user
 * @param password the password
 */
record StompCredentials(@Nullable String user, @Nullable String password) {

	@Override
	public String toString() {
		return "credentials";
	}

}
