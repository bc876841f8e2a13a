package org.activemessaging.quickstart;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pages about idempotent processors and the outbox: what they print compiles and
 * runs.
 */
class DatabasePagesTests {

	private static final Path DOCS = Path.of("../docs");

	private static final Path SOURCES = Path.of("src/test/java/org/activemessaging/quickstart");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, MessagingJdbcAutoConfiguration.class,
				JacksonAutoConfiguration.class, DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
				"messaging.destination.payments.queue=Payments", "messaging.destination.orders.queue=Orders");

	@ParameterizedTest
	@CsvSource({ "idempotent.md, PaymentProcessor", "outbox.md, Orders" })
	void pagePrintsWhatIsCompiled(String page, String type) throws IOException {
		String source = Files.readString(SOURCES.resolve(type + ".java")).replace("\t", "    ");
		assertThat(blocks(page, "java")).contains(source.substring(source.indexOf("\n@") + 1).trim());
	}

	@ParameterizedTest
	@ValueSource(strings = { "idempotent.md", "outbox.md" })
	void everyYamlBinds(String page) throws IOException {
		assertThat(blocks(page, "yaml")).isNotEmpty();
		for (String yaml : blocks(page, "yaml")) {
			this.runner.withBean(PaymentProcessor.class)
				.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(load(yaml)))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void smallestConfigurationsRun() throws IOException {
		String idempotent = blocks("idempotent.md", "yaml").get(0);
		String outbox = blocks("outbox.md", "yaml").get(0);
		this.runner.withBean(PaymentProcessor.class).withBean(Orders.class).withInitializer((context) -> {
			context.getEnvironment().getPropertySources().addFirst(load(idempotent));
			context.getEnvironment().getPropertySources().addAfter("documentation", load(outbox, "other"));
		}).run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create table account (id varchar(10), balance decimal(10, 2))");
			jdbc.execute("create table orders (id varchar(10))");
			jdbc.update("insert into account values ('a', 0)");
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int copy = 0; copy < 3; copy++) {
				publisher.to("payments").header("am_id", "1").publish(new Payment("a", BigDecimal.TEN));
			}
			publisher.to("payments").header("am_id", "2").publish(new Payment("a", BigDecimal.ONE));
			context.getBean(Orders.class).place("7");
			await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
				assertThat(jdbc.queryForObject("select balance from account", BigDecimal.class))
					.isEqualByComparingTo("11");
				assertThat(jdbc.queryForObject("select count(*) from messaging_outbox", Long.class)).isZero();
				assertThat(jdbc.queryForObject("select max(version) from messaging_lease", Long.class)).isPositive();
			});
		});
	}

	private static PropertySource<?> load(String yaml) {
		return load(yaml, "documentation");
	}

	private static PropertySource<?> load(String yaml, String name) {
		try {
			return new YamlPropertySourceLoader()
				.load(name, new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> blocks(String page, String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(DOCS.resolve(page)))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
	}

}
