package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.JdbcProperties;
import org.activemessaging.broker.OutageLog;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.NamedBeanHolder;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ResourceLoader;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.util.StringUtils;

/**
 * The database of the application, chosen among its beans, with the tables of this
 * library in it.
 */
final class MessagingDatabase {

	private static final Pattern COMMENT = Pattern.compile("--.*");

	private static final Pattern CREATE_TABLE = Pattern.compile("(?i)^\\s*CREATE\\s+TABLE\\b");

	static final String BEAN = "messagingDatabase";

	private final JdbcProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	private final DataSource dataSource;

	private final ResourceLoader resourceLoader;

	private final boolean initialized;

	MessagingDatabase(JdbcProperties properties, ConfigurableListableBeanFactory beanFactory,
			ResourceLoader resourceLoader) {
		this.properties = properties;
		this.beanFactory = beanFactory;
		DataSource chosen = choose(DataSource.class, properties.dataSource(), "messaging.jdbc.data-source");
		this.dataSource = target(chosen);
		this.resourceLoader = resourceLoader;
		this.initialized = initialize();
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Returns an access to the database.
	 * @param tables the tables that must be there
	 * @return the access, which takes part in transactions
	 */
	JdbcTemplate jdbc(String... tables) {
		JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
		for (String table : tables) {
			try {
				jdbc.queryForObject("SELECT COUNT(*) FROM " + table + " WHERE 1 = 0", Long.class);
			}
			catch (DataAccessException ex) {
				throw new MessagingConfigurationException(
						"The table " + table + " cannot be read: " + OutageLog.describe(ex) + "." + whyNotCreated(table)
								+ " Tables are created when 'messaging.jdbc.initialize-schema' is 'always', or"
								+ " 'embedded' (the default) and the database runs inside the application.",
						"Set 'messaging.jdbc.initialize-schema' to 'always', or create the tables yourself, by the"
								+ " scripts in the folder org/activemessaging/jdbc of this library's jar.",
						ex);
			}
		}
		return jdbc;
	}

	// Creating goes on after an error, as not every database knows IF NOT EXISTS; so the
	// error that matters is found by another try.
	private String whyNotCreated(String table) {
		if (!this.initialized) {
			return "";
		}
		JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
		for (String location : locations()) {
			for (String statement : statements(location)) {
				if (CREATE_TABLE.matcher(statement).find() && statement.contains(table)) {
					try {
						jdbc.execute(statement);
					}
					catch (DataAccessException ex) {
						return " It could not be created by " + location + ": " + OutageLog.describe(ex) + ".";
					}
				}
			}
		}
		return " The script " + this.properties.schema() + " was run, and does not create it.";
	}

	private List<String> statements(String location) {
		try {
			String script = this.resourceLoader.getResource(location.replace("optional:", ""))
				.getContentAsString(StandardCharsets.UTF_8);
			return List.of(COMMENT.matcher(script).replaceAll("").split(";"));
		}
		catch (IOException ex) {
			// Without the statements, what is said first has to be enough.
			return List.of();
		}
	}

	PlatformTransactionManager transactions() {
		PlatformTransactionManager transactions = choose(PlatformTransactionManager.class,
				this.properties.transactionManager(), "messaging.jdbc.transaction-manager");
		if (transactions instanceof ResourceTransactionManager manager
				&& manager.getResourceFactory() instanceof DataSource managed && target(managed) != this.dataSource) {
			throw new MessagingConfigurationException(
					"The transaction manager of idempotent processors is for another DataSource than the one that has"
							+ " the tables of this library, so that no transaction could be about both.",
					"Set 'messaging.jdbc.data-source' and 'messaging.jdbc.transaction-manager' to the names of beans"
							+ " that belong together.");
		}
		return transactions;
	}

	private static DataSource target(DataSource dataSource) {
		DataSource target = (dataSource instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource()
				: null;
		return (target != null) ? target : dataSource;
	}

	private <T> T choose(Class<T> type, @Nullable String name, String property) {
		List<String> names = List.of(this.beanFactory.getBeanNamesForType(type));
		if (name != null) {
			if (!names.contains(name)) {
				throw new MessagingConfigurationException(
						"The property '" + property + "' is '" + name + "', but no bean of type " + type.getSimpleName()
								+ " has that name. There "
								+ (names.isEmpty() ? "is none." : "are: " + String.join(", ", names) + "."),
						"Correct '" + property + "'.");
			}
			return use(name, this.beanFactory.getBean(name, type));
		}
		try {
			NamedBeanHolder<T> only = this.beanFactory.resolveNamedBean(type);
			return use(only.getBeanName(), only.getBeanInstance());
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw notOne(type, names, property, ex);
		}
	}

	// It must not be closed before those that use it.
	private <T> T use(String name, T bean) {
		this.beanFactory.registerDependentBean(name, BEAN);
		return bean;
	}

	private static MessagingConfigurationException notOne(Class<?> type, List<String> names, String property,
			NoSuchBeanDefinitionException cause) {
		if (names.isEmpty()) {
			return new MessagingConfigurationException(
					"Idempotent processors ('messaging.processor.<id>.idempotent.enabled') and the outbox"
							+ " ('messaging.outbox.enabled') need a database, but there is no bean of type "
							+ type.getSimpleName() + ".",
					"Configure 'spring.datasource.url', or switch them off.", cause);
		}
		return new MessagingConfigurationException(
				"There are " + names.size() + " beans of type " + type.getSimpleName() + " (" + String.join(", ", names)
						+ "), and none of them is the one to use.",
				"Set '" + property + "' to the name of one of them, for example '" + property + "=" + names.get(0)
						+ "'.",
				cause);
	}

	private boolean initialize() {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(DatabaseInitializationMode.valueOf(this.properties.initializeSchema().name()));
		settings.setContinueOnError(true);
		if (settings.getMode() == DatabaseInitializationMode.NEVER) {
			return false;
		}
		settings.setSchemaLocations(locations());
		DataSourceScriptDatabaseInitializer initializer = new DataSourceScriptDatabaseInitializer(this.dataSource,
				settings);
		initializer.setResourceLoader(this.resourceLoader);
		return initializer.initializeDatabase();
	}

	private List<String> locations() {
		PlatformPlaceholderDatabaseDriverResolver platforms = new PlatformPlaceholderDatabaseDriverResolver();
		String platform = this.properties.platform();
		return StringUtils.hasText(platform) ? platforms.resolveAll(platform, this.properties.schema())
				: platforms.resolveAll(this.dataSource, this.properties.schema());
	}

}
