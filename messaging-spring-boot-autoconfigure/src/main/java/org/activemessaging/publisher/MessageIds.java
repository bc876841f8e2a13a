package org.activemessaging.publisher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.jms.JMSException;
import org.activemessaging.broker.ConsumerTransaction;

/**
 * Makes ids of messages: UUIDs of version 7, which sort by the time they were made, and
 * of version 8 for what a processor publishes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562,
 * sections 5.7 and 5.8</a>
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

	/**
	 * Makes the id of a message that a processor publishes: the same whenever the
	 * processor publishes the same because of the same message. So whoever gets it twice,
	 * as the processor was called twice, can tell.
	 * @param transaction the transaction in which the message is processed
	 * @param destination the logical name of the destination
	 * @param payload the text or bytes
	 * @return the id
	 * @throws JMSException if the message in work cannot be read
	 */
	static String derived(ConsumerTransaction transaction, String destination, Object payload) throws JMSException {
		MessageDigest digest = sha256();
		add(digest, transaction.cause());
		add(digest, destination);
		digest.update(
				(payload instanceof byte[] bytes) ? bytes : String.valueOf(payload).getBytes(StandardCharsets.UTF_8));
		ByteBuffer content = ByteBuffer.wrap(digest.digest());
		long high = content.getLong();
		// Of equal messages each is one of its own.
		int occurrence = transaction.occurrence(high);
		return new UUID(high & 0xFFFFFFFFFFFF0FFFL | 0x8000,
				(content.getLong() + occurrence) & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L)
			.toString();
	}

	private static void add(MessageDigest digest, String text) {
		digest.update(text.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
