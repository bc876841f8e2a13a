package org.activemessaging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Database of idempotent processors and of the outbox.
 *
 * @param dataSource Name of the DataSource bean. Not needed when there is one.
 * @param transactionManager Name of the transaction manager bean. Not needed when there
 * is one.
 * @param initializeSchema When to create the tables.
 * @param schema Location of the script that creates the tables.
 * @param platform Platform for "@@platform@@" in the location of the script. By default
 * what the database is.
 * @since 0.1.0
 */
public record JdbcProperties(@Nullable String dataSource, @Nullable String transactionManager,
		@DefaultValue("embedded") SchemaInitialization initializeSchema,
		@DefaultValue("classpath:org/activemessaging/jdbc/schema-@@platform@@.sql") String schema,
		@Nullable String platform) {
}
