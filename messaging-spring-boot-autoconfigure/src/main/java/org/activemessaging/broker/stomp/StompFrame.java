package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A frame of STOMP. Its text form shows neither headers nor body, as they may contain
 * credentials.
 *
 * @param command the command
 * @param headers the headers as they are meant, without the escapes of the wire
 * @param body the body
 */
record StompFrame(String command, Map<String, String> headers, byte[] body) {

	private static final byte[] NO_BODY = {};

	static StompFrame of(String command, Map<String, String> headers) {
		return new StompFrame(command, headers, NO_BODY);
	}

	@Nullable String header(String name) {
		return this.headers.get(name);
	}

	String header(String name, String absent) {
		return this.headers.getOrDefault(name, absent);
	}

	String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.command + " with " + this.headers.size() + " headers and " + this.body.length + " bytes";
	}

}
