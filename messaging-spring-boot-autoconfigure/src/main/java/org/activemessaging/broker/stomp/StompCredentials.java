package org.activemessaging.broker.stomp;

import org.jspecify.annotations.Nullable;

/**
 * Who connects. Its text form shows nothing.
 *
 * @param user the user
 * @param password the password
 * @param clientId the client id, which one connection at a time can have, or {@code null}
 * for none
 */
record StompCredentials(@Nullable String user, @Nullable String password, @Nullable String clientId) {

	StompCredentials withoutClientId() {
		return new StompCredentials(this.user, this.password, null);
	}

	@Override
	public String toString() {
		return "credentials";
	}

}
