package org.activemessaging.outbox;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * The table of published messages, as far as it belongs to one application.
 *
 * @since 0.1.0
 */
public final class OutboxTable {

	/**
	 * The name of the table.
	 */
	public static final String TABLE = "MESSAGING_OUTBOX";

	private static final String OWN = " WHERE APPLICATION = ? AND BROKER = ?";

	private static final String INSERT = "INSERT INTO " + TABLE
			+ " (APPLICATION, BROKER, DESTINATION, MESSAGE_ID, CONTENT, CREATED_AT) VALUES (?, ?, ?, ?, ?, ?)";

	private static final String SELECT = "SELECT ID, DESTINATION, MESSAGE_ID, CONTENT, CREATED_AT FROM " + TABLE + OWN
			+ " AND FAILED_AT IS NULL ORDER BY ID";

	private static final String DELETE = "DELETE FROM " + TABLE + " WHERE ID = ?";

	private static final String PARK = "UPDATE " + TABLE + " SET FAILED_AT = ?, FAILURE = ? WHERE ID = ?";

	private static final String RELEASE = "UPDATE " + TABLE
			+ " SET BROKER = ?, FAILED_AT = NULL, FAILURE = NULL WHERE APPLICATION = ? AND DESTINATION = ?"
			+ " AND FAILED_AT IS NOT NULL AND FAILURE LIKE '" + Parked.UNKNOWN_DESTINATION + "%'";

	private static final String ORPHANS = "UPDATE " + TABLE + " SET FAILED_AT = ?, FAILURE = ?" + OWN
			+ " AND FAILED_AT IS NULL";

	private static final String BACKLOG = "SELECT BROKER, COUNT(*), MIN(CREATED_AT) FROM " + TABLE
			+ " WHERE APPLICATION = ? AND FAILED_AT IS NULL GROUP BY BROKER";

	private static final String FAILED = "SELECT BROKER, COUNT(*), MAX(ID) FROM " + TABLE
			+ " WHERE APPLICATION = ? AND FAILED_AT IS NOT NULL GROUP BY BROKER";

	private static final String FAILURE = "SELECT FAILURE FROM " + TABLE + " WHERE ID = ?";

	private static final int MAX_ID = 200;

	private static final int MAX_FAILURE = 1000;

	private final JdbcOperations jdbc;

	private final String application;

	/**
	 * Creates an access to the table.
	 * @param jdbc the database
	 * @param application the name of the application
	 */
	public OutboxTable(JdbcOperations jdbc, String application) {
		this.jdbc = jdbc;
		this.application = application;
	}

	String application() {
		return this.application;
	}

	void insert(String broker, String destination, String messageId, byte[] content) {
		this.jdbc.update(INSERT, this.application, broker, destination, cut(messageId, MAX_ID), content,
				System.currentTimeMillis());
	}

	List<StoredMessage> oldest(String broker, int max) {
		return this.jdbc.query((connection) -> {
			PreparedStatement statement = connection.prepareStatement(SELECT);
			statement.setMaxRows(max);
			statement.setString(1, this.application);
			statement.setString(2, broker);
			return statement;
		}, (row, index) -> new StoredMessage(row.getLong(1), row.getString(2), row.getString(3), row.getBytes(4),
				row.getLong(5)));
	}

	void delete(List<Long> ids) {
		List<Object[]> rows = new ArrayList<>();
		ids.forEach((id) -> rows.add(new Object[] { id }));
		this.jdbc.batchUpdate(DELETE, rows);
	}

	void park(long id, String failure) {
		this.jdbc.update(PARK, System.currentTimeMillis(), cut(failure, MAX_FAILURE), id);
	}

	/**
	 * Releases what was parked as its destination was unknown to the instance that saw
	 * it.
	 * @return how many there were
	 */
	int release(String destination, String broker) {
		return this.jdbc.update(RELEASE, broker, this.application, destination);
	}

	/**
	 * Parks everything for a broker that nobody relays to.
	 * @return how many there were
	 */
	int parkAll(String broker, String failure) {
		return this.jdbc.update(ORPHANS, System.currentTimeMillis(), cut(failure, MAX_FAILURE), this.application,
				broker);
	}

	Map<String, Backlog> backlogs() {
		Map<String, Backlog> backlogs = new HashMap<>();
		this.jdbc.query(BACKLOG, (row) -> {
			backlogs.put(row.getString(1), new Backlog(row.getLong(2), row.getLong(3), 0, null));
		}, this.application);
		this.jdbc.query(FAILED, (row) -> {
			Backlog pending = backlogs.getOrDefault(row.getString(1), Backlog.EMPTY);
			backlogs.put(row.getString(1),
					new Backlog(pending.pending(), pending.oldestAt(), row.getLong(2), failure(row.getLong(3))));
		}, this.application);
		return backlogs;
	}

	private @Nullable String failure(long id) {
		return this.jdbc.query(FAILURE, (row, index) -> row.getString(1), id).stream().findFirst().orElse(null);
	}

	private static String cut(String text, int length) {
		return (text.length() > length) ? text.substring(0, length) : text;
	}

	/**
	 * What is in the outbox for one broker.
	 *
	 * @param pending how many messages wait
	 * @param oldestAt since when the oldest waits, in milliseconds since the epoch
	 * @param failed how many are parked
	 * @param lastFailure why the last one is
	 */
	record Backlog(long pending, long oldestAt, long failed, @Nullable String lastFailure) {

		static final Backlog EMPTY = new Backlog(0, 0, 0, null);

	}

	/**
	 * Why messages are parked.
	 */
	static final class Parked {

		static final String UNKNOWN_DESTINATION = "unknown-destination: ";

		static final String REFUSED = "refused: ";

		static final String UNREADABLE = "unreadable: ";

		static final String UNANSWERED = "unanswered: ";

		private Parked() {
		}

	}

}
