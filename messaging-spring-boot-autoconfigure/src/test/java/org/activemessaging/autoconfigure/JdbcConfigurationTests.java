package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the database of idempotent processors and of the outbox, and that nobody
 * needs one who wants neither.
 */
class JdbcConfigurationTests {

	private static final String IDEMPOTENT = "messaging.processor.orders.idempotent.enabled=true";

	private static final String OUTBOX = "messaging.outbox.enabled=true";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, MessagingJdbcAutoConfiguration.class,
				JacksonAutoConfiguration.class))
		.withPropertyValues("spring.application.name=voyeur", "messaging.broker.analytics.url=nio://localhost:1",
				"messaging.destination.orders.queue=Orders", "messaging.listener.auto-startup=false")
		.withBean("orders", Orders.class);

	private final ApplicationContextRunner withDatabase = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.jdbc", "org.springframework.boot.jdbc" })
	void startsWithoutJdbc(String missing) {
		this.runner.withClassLoader(new FilteredClassLoader(missing, "org.h2"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MessagePublisher.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { IDEMPOTENT, OUTBOX })
	void missingJdbcIsNamed(String property) {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.withPropertyValues(property)
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'" + property.replace("=true", "") + "'",
						"not on the class path");
				assertThat(analysis.getAction()).contains("'org.springframework.boot:spring-boot-starter-jdbc'");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { IDEMPOTENT, OUTBOX })
	void missingDataSourceIsNamed(String property) {
		this.runner.withPropertyValues(property).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("no bean of type DataSource");
			assertThat(analysis.getAction()).contains("'spring.datasource.url'");
		});
	}

	@Test
	void missingTransactionManagerIsNamed() {
		this.runner.withBean(DataSource.class, JdbcConfigurationTests::dataSource)
			.withPropertyValues(IDEMPOTENT)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("no bean of type PlatformTransactionManager"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PostgreSQL", "MySQL", "MariaDB", "MSSQLServer", "Oracle", "DB2", "STRICT" })
	void tablesAreCreatedInEachModeOfH2(String mode) {
		this.withDatabase
			.withPropertyValues(OUTBOX, IDEMPOTENT, "messaging.jdbc.initialize-schema=always",
					"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=" + mode)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void errorThatKeptATableFromBeingCreatedIsTold() throws IOException {
		Path script = Files.writeString(this.directory.resolve("schema.sql"), """
				-- MESSAGING_OUTBOX
				CREATE TABLE UNKNOWN_TYPE (A NOTHING);
				CREATE TABLE MESSAGING_OUTBOX (CONTENT XYZZY);
				""");
		this.withDatabase.withPropertyValues(OUTBOX, "messaging.jdbc.schema=file:" + script).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("MESSAGING_OUTBOX cannot be read",
					"could not be created by file:" + script, "XYZZY");
		});
	}

	@Test
	void scriptWithoutTheTableIsTold() throws IOException {
		Path script = Files.writeString(this.directory.resolve("schema.sql"), "CREATE TABLE OTHER (A INT);");
		this.withDatabase.withPropertyValues(OUTBOX, "messaging.jdbc.schema=file:" + script)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("file:" + script + " was run, and does not create it"));
	}

	@Test
	void severalDataSourcesNeedAChoice() {
		this.runner.withBean("one", DataSource.class, JdbcConfigurationTests::dataSource)
			.withBean("two", DataSource.class, JdbcConfigurationTests::dataSource)
			.withPropertyValues(OUTBOX)
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("2 beans of type DataSource", "one, two");
				assertThat(analysis.getAction()).contains("'messaging.jdbc.data-source'");
			});
	}

	@Test
	void chosenDataSourceThatDoesNotExistIsNamed() {
		this.withDatabase.withPropertyValues(OUTBOX, "messaging.jdbc.data-source=orders-db").run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'messaging.jdbc.data-source' is 'orders-db'", "dataSource");
			assertThat(analysis.getAction()).contains("'messaging.jdbc.data-source'");
		});
	}

	@Test
	void transactionManagerOfAnotherDatabaseIsRefused() {
		this.runner.withBean("one", DataSource.class, JdbcConfigurationTests::dataSource)
			.withBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(dataSource()))
			.withPropertyValues(IDEMPOTENT)
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("another DataSource");
				assertThat(analysis.getAction()).contains("'messaging.jdbc.transaction-manager'");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { IDEMPOTENT, OUTBOX })
	void missingTablesAreNamed(String property) {
		this.withDatabase.withPropertyValues(property, "messaging.jdbc.initialize-schema=never").run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("The table MESSAGING_");
			assertThat(analysis.getAction()).contains("'messaging.jdbc.initialize-schema'");
		});
	}

	@Test
	void noTableIsMadeForAnApplicationThatNeedsNone() {
		this.withDatabase.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isZero());
		this.withDatabase.withPropertyValues(IDEMPOTENT)
			.run((context) -> assertThat(tables(context.getBean(DataSource.class))).isEqualTo(3));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "header.order | 'header' is unknown. Did you mean 'headers'?", "payload. | EL1",
					"headers.order.trim() | only reading is allowed", "T(java.lang.System).exit(1) | only reading",
					"new java.util.Date() | only reading is allowed", "@orders | only reading is allowed",
					"headers['a'] = 'b' | only reading is allowed", "headers.a ?: #order | only reading is allowed",
					"headers.a ?: paylod.id | 'paylod' is unknown", "#{headers.a} | EL1" })
	void wrongKeyStopsTheStart(String key, String problem) {
		this.withDatabase.withPropertyValues("messaging.processor.orders.idempotent.key=" + key).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'messaging.processor.orders.idempotent.key' is '" + key,
					problem);
			assertThat(analysis.getAction()).contains("'messaging.processor.orders.idempotent.key'");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers['a-b'] + ':' + payload.items[0].id", "headers.am_id", "payload",
			"payload.items.?[price > 3].![id]", "headers.a != null ? headers.a : payload['x'][y]" })
	void keyThatOnlyReadsIsTaken(String key) {
		this.withDatabase.withPropertyValues("messaging.processor.orders.idempotent.key=" + key)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void processorThatAcknowledgesByItselfIsRefused() {
		this.withDatabase.withBean("own", AcknowledgesByItself.class).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("Acknowledgment", "idempotent");
			assertThat(analysis.getAction()).contains("'messaging.processor.own.idempotent.enabled'");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "retention", "cleanup-interval" })
	void timesMustBePositive(String name) {
		this.withDatabase.withPropertyValues(IDEMPOTENT, "messaging.idempotent." + name + "=0s")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("'messaging.idempotent." + name + "'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "hsqldb", "postgresql", "mysql", "mariadb", "sqlserver", "oracle" })
	void scriptOfEachDatabaseIsPartOfANativeImage(String platform) {
		RuntimeHints hints = new RuntimeHints();
		new MessagingJdbcAutoConfiguration.SchemaRuntimeHints().registerHints(hints, null);
		String script = "org/activemessaging/jdbc/schema-" + platform + ".sql";
		assertThat(new ClassPathResource(script).exists()).isTrue();
		assertThat(RuntimeHintsPredicates.resource().forResource(script)).accepts(hints);
	}

	private static int tables(DataSource dataSource) {
		Integer count = new JdbcTemplate(dataSource).queryForObject(
				"SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'MESSAGING%'", Integer.class);
		return (count != null) ? count : -1;
	}

	private static DataSource dataSource() {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
		return dataSource;
	}

	@Processor
	static class Orders {

		@SubscribesTo("orders")
		void onMessage(String text) {
		}

	}

	@Processor
	static class AcknowledgesByItself {

		@SubscribesTo(value = "orders", acknowledge = "client", idempotent = "true")
		void onMessage(String text, Acknowledgment acknowledgment) {
		}

	}

}
