package org.activemessaging.flow;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database of a test, with a table of effects.
 */
final class Database implements AutoCloseable {

	private final HikariDataSource dataSource;

	private final JdbcTemplate jdbc;

	Database(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(10);
		this.dataSource = new HikariDataSource(config);
		this.jdbc = new JdbcTemplate(this.dataSource);
		this.jdbc.execute("CREATE TABLE IF NOT EXISTS EFFECTS (NAME VARCHAR(200) NOT NULL)");
	}

	static Database h2() {
		return new Database("jdbc:h2:mem:" + UUID.randomUUID());
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Does what a processor does, in its transaction if there is one.
	 */
	void effect(Object name) {
		this.jdbc.update("INSERT INTO EFFECTS (NAME) VALUES (?)", name.toString());
	}

	List<String> effects() {
		return this.jdbc.queryForList("SELECT NAME FROM EFFECTS ORDER BY NAME", String.class);
	}

	List<String> processed() {
		return this.jdbc.queryForList(
				"SELECT PROCESSOR || ' ' || MESSAGE_KEY FROM MESSAGING_PROCESSED ORDER BY PROCESSOR, MESSAGE_KEY",
				String.class);
	}

	@Override
	public void close() {
		this.dataSource.close();
	}

}
