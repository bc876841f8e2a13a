package org.activemessaging.claimcheck;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message carries instead of its payload, as a text: the key, the length in bytes,
 * the SHA-256 digest, and whether the payload is text.
 *
 * @param key the key in the store
 * @param length the length of the payload in bytes
 * @param digest the digest in hexadecimal digits
 * @param text whether the payload is text, in UTF-8
 */
record ClaimReference(ClaimKey key, int length, String digest, boolean text) {

	private static final Pattern FORM = Pattern
		.compile("(?<key>[0-9a-f-]{36}) (?<length>\\d{1,10}) (?<digest>[0-9a-f]{64}) (?<form>text|bytes)");

	static ClaimReference to(ClaimKey key, byte[] payload, boolean text) {
		return new ClaimReference(key, payload.length, digest(payload), text);
	}

	static ClaimReference parse(String value) {
		Matcher matcher = FORM.matcher(value);
		if (!matcher.matches() || Long.parseLong(matcher.group("length")) > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("It has not the form of a reference");
		}
		return new ClaimReference(ClaimKey.parse(matcher.group("key")), Integer.parseInt(matcher.group("length")),
				matcher.group("digest"), matcher.group("form").equals("text"));
	}

	boolean describes(byte[] payload) {
		return payload.length == this.length && digest(payload).equals(this.digest);
	}

	private static String digest(byte[] payload) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return this.key + " " + this.length + " " + this.digest + " " + (this.text ? "text" : "bytes");
	}

}
