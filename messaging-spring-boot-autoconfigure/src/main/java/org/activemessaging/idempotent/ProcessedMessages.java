package org.activemessaging.idempotent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The table of what was processed: a row for each message and processor, inserted in the
 * transaction of the calling thread.
 *
 * @since 0.1.0
 */
public final class ProcessedMessages {

	/**
	 * The name of the table.
	 */
	public static final String TABLE = "MESSAGING_PROCESSED";

	private static final String INSERT = "INSERT INTO " + TABLE
			+ " (PROCESSOR, MESSAGE_KEY, PROCESSED_AT) VALUES (?, ?, ?)";

	private static final String SELECT_OLD = "SELECT PROCESSOR, MESSAGE_KEY FROM " + TABLE
			+ " WHERE PROCESSED_AT < ? ORDER BY PROCESSED_AT, PROCESSOR, MESSAGE_KEY";

	private static final String DELETE = "DELETE FROM " + TABLE + " WHERE PROCESSOR = ? AND MESSAGE_KEY = ?";

	// Databases disagree about trailing spaces, and about anything outside of ASCII.
	private static final Pattern PLAIN = Pattern.compile("[!-~]{1,255}");

	private final JdbcOperations jdbc;

	/**
	 * Creates an access to the table.
	 * @param jdbc the database
	 */
	public ProcessedMessages(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Adds a message. Waits for another transaction that has added it and not yet ended.
	 * @param processor what processes it
	 * @param key what it is known by
	 * @return whether it was added, {@code false} if it was there; then the transaction
	 * is to be rolled back
	 */
	boolean add(String processor, String key) {
		try {
			this.jdbc.update(INSERT, column(processor), column(key), System.currentTimeMillis());
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/**
	 * Deletes the oldest rows.
	 * @param before the time up to which they are deleted
	 * @param max how many at most
	 * @return how many there were
	 */
	int deleteOldest(Instant before, int max) {
		List<Object[]> rows = this.jdbc.query((connection) -> {
			var statement = connection.prepareStatement(SELECT_OLD);
			statement.setMaxRows(max);
			statement.setLong(1, before.toEpochMilli());
			return statement;
		}, (row, index) -> new Object[] { row.getString(1), row.getString(2) });
		if (!rows.isEmpty()) {
			this.jdbc.batchUpdate(DELETE, rows);
		}
		return rows.size();
	}

	static String column(String key) {
		if (PLAIN.matcher(key).matches()) {
			return key;
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return "sha256:" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
