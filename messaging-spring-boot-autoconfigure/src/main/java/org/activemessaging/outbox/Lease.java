package org.activemessaging.outbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The right to relay, held by one instance at a time. Its holder counts its row up; who
 * wants it takes it over when the count has stood still for the duration of the lease, by
 * its own clock. So the clocks of the instances need not agree. Used by one thread.
 */
final class Lease {

	/**
	 * The name of the table.
	 */
	static final String TABLE = "MESSAGING_LEASE";

	private static final String NOBODY = "nobody";

	private static final String SELECT = "SELECT OWNER, VERSION FROM " + TABLE + " WHERE NAME = ?";

	private static final String INSERT = "INSERT INTO " + TABLE + " (NAME, OWNER, VERSION) VALUES (?, ?, 0)";

	private static final String UPDATE = "UPDATE " + TABLE + " SET OWNER = ?, VERSION = VERSION + 1"
			+ " WHERE NAME = ? AND OWNER = ? AND VERSION = ?";

	private final JdbcOperations jdbc;

	private final String name;

	private final String owner;

	private final long duration;

	private @Nullable State seen;

	private long seenAt;

	private boolean held;

	Lease(JdbcOperations jdbc, String name, String owner, Duration duration) {
		this.jdbc = jdbc;
		this.name = name;
		this.owner = owner;
		this.duration = duration.toNanos();
	}

	/**
	 * Takes the lease, or makes sure that it is still held. Asks the database only now
	 * and then.
	 * @return whether it is held
	 */
	boolean hold() {
		State state = this.seen;
		if (this.held && state != null) {
			if (age() < this.duration / 3) {
				return true;
			}
			this.held = update(state, this.owner);
			if (this.held) {
				return true;
			}
		}
		State current = read();
		if (current == null) {
			current = insert();
		}
		if (!current.equals(state)) {
			see(current);
		}
		boolean free = current.owner().equals(NOBODY) || current.owner().equals(this.owner);
		if (free || age() > this.duration) {
			this.held = update(current, this.owner);
		}
		return this.held;
	}

	/**
	 * Gives the lease back, so that another instance need not wait for its end.
	 */
	void release() {
		if (this.held && this.seen != null) {
			update(this.seen, NOBODY);
			this.held = false;
		}
	}

	private @Nullable State read() {
		return this.jdbc.query(SELECT, (row, index) -> new State(row.getString(1), row.getLong(2)), this.name)
			.stream()
			.findFirst()
			.orElse(null);
	}

	private State insert() {
		try {
			this.jdbc.update(INSERT, this.name, NOBODY);
		}
		catch (DuplicateKeyException ex) {
			// Another instance was faster.
		}
		return new State(NOBODY, 0);
	}

	private boolean update(State state, String owner) {
		boolean updated = this.jdbc.update(UPDATE, owner, this.name, state.owner(), state.version()) == 1;
		if (updated) {
			see(new State(owner, state.version() + 1));
		}
		return updated;
	}

	private void see(State state) {
		this.seen = state;
		this.seenAt = System.nanoTime();
	}

	private long age() {
		return System.nanoTime() - this.seenAt;
	}

	private record State(String owner, long version) {
	}

}
