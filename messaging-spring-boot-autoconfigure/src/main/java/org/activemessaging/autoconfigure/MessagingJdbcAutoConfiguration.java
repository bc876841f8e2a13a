package org.activemessaging.autoconfigure;

import org.activemessaging.broker.Brokers;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what needs a database:
 * idempotent processors and the outbox. Nothing in it is made before it is used.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MessagingAutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConditionalOnClass({ JdbcTemplate.class, DataSourceScriptDatabaseInitializer.class })
@ConditionalOnBean(Brokers.class)
@Import({ IdempotentConfiguration.class, OutboxConfiguration.class, DatabaseInitializationDependencyConfigurer.class })
@ImportRuntimeHints(MessagingJdbcAutoConfiguration.SchemaRuntimeHints.class)
public final class MessagingJdbcAutoConfiguration {

	@Bean(name = MessagingDatabase.BEAN)
	@Lazy
	@DependsOnDatabaseInitialization
	MessagingDatabase messagingDatabase(MessagingProperties properties, ConfigurableListableBeanFactory beanFactory,
			ResourceLoader resourceLoader) {
		return new MessagingDatabase(properties.jdbc(), beanFactory, resourceLoader);
	}

	/**
	 * Puts the scripts into a native image.
	 */
	static class SchemaRuntimeHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("org/activemessaging/jdbc/schema-*.sql");
		}

	}

}
