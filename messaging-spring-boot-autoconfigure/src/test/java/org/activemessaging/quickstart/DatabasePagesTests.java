package org.activemessaging.quickstart;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pages about idempotent processors and the outbox: what they print compiles and
 * runs.
 */
class DatabasePagesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, MessagingJdbcAutoConfiguration.class,
				JacksonAutoConfiguration.class, DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
				"messaging.destination.payments.queue=Payments", "messaging.destination.orders.queue=Orders");

	@ParameterizedTest
	@CsvSource({ "idempotent.md, PaymentProcessor", "outbox.md, Orders" })
	void pagePrintsWhatIsCompiled(String page, String type) throws IOException {
		assertThat(Page.of(page).blocks("java")).contains(Page.source(DatabasePagesTests.class, type));
	}

	@ParameterizedTest
	@ValueSource(strings = { "idempotent.md", "outbox.md" })
	void everyYamlBinds(String page) throws IOException {
		assertThat(Page.of(page).blocks("yaml")).isNotEmpty();
		for (String yaml : Page.of(page).blocks("yaml")) {
			this.runner.withBean(PaymentProcessor.class)
				.withInitializer(Page.configuration(yaml))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void smallestConfigurationsRun() throws IOException {
		String idempotent = Page.of("idempotent.md").blocks("yaml").get(0);
		String outbox = Page.of("outbox.md").blocks("yaml").get(0);
		this.runner.withBean(PaymentProcessor.class)
			.withBean(Orders.class)
			.withInitializer(Page.configuration(outbox))
			.withInitializer(Page.configuration(idempotent))
			.run((context) -> {
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
					assertThat(jdbc.queryForObject("select max(version) from messaging_lease", Long.class))
						.isPositive();
				});
			});
	}

}
