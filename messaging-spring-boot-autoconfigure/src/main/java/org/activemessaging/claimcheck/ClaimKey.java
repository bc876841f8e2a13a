package org.activemessaging.claimcheck;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The key of a payload: a UUID of version 7, of which 74 bits are secret random ones. It
 * says on which day the payload was kept, and nothing about where.
 *
 * @param uuid the UUID
 * @since 0.1.0
 */
public record ClaimKey(UUID uuid) {

	private static final Pattern FORM = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int LAST_YEAR = 9999;

	/**
	 * Creates a key.
	 * @param uuid the UUID
	 * @throws IllegalArgumentException if it is not a key
	 */
	public ClaimKey {
		if (!FORM.matcher(uuid.toString()).matches() || day(uuid).getYear() > LAST_YEAR) {
			throw new IllegalArgumentException("The key of a payload is a UUID of version 7");
		}
	}

	/**
	 * Makes a new key.
	 * @param at when the payload is kept
	 * @return the key
	 */
	public static ClaimKey next(Instant at) {
		long random = RANDOM.nextLong();
		return new ClaimKey(new UUID(at.toEpochMilli() << 16 | 0x7000 | random & 0xFFF,
				RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L));
	}

	/**
	 * Reads a key. Nothing but 36 lower-case hexadecimal digits and dashes is one, so
	 * that no key leads out of a store.
	 * @param text the text
	 * @return the key
	 * @throws IllegalArgumentException if it is not a key
	 */
	public static ClaimKey parse(String text) {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException("The key of a payload is a UUID of version 7");
		}
		return new ClaimKey(UUID.fromString(text));
	}

	/**
	 * Returns when the payload was kept.
	 * @return the day, in UTC
	 */
	public LocalDate day() {
		return day(this.uuid);
	}

	private static LocalDate day(UUID uuid) {
		return LocalDate.ofInstant(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16), ZoneOffset.UTC);
	}

	@Override
	public String toString() {
		return this.uuid.toString();
	}

}
