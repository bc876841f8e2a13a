package org.activemessaging.publisher;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids of messages: UUIDs of version 7, which sort by the time they were made.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562,
 * section 5.7</a>
 */
final class MessageIds {

	private MessageIds() {
	}

	static String next() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
		long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
		return new UUID(high, low).toString();
	}

}
