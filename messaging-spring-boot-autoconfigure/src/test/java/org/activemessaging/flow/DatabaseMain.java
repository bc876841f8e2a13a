package org.activemessaging.flow;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application with a database: it relays the outbox, and may have an idempotent
 * processor that ends the JVM at the worst time.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ MessagingAutoConfiguration.class, MessagingJdbcAutoConfiguration.class,
		DataSourceTransactionManagerAutoConfiguration.class, JacksonAutoConfiguration.class })
class DatabaseMain {

	public static void main(String[] arguments) {
		SpringApplication.run(DatabaseMain.class, arguments);
	}

	@Bean
	DataSource dataSource(Environment environment) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(environment.getRequiredProperty("database"));
		dataSource.setMaximumPoolSize(5);
		return dataSource;
	}

	@Bean
	@ConditionalOnBooleanProperty("process")
	HaltingProcessor orders(DataSource dataSource, MessagePublisher publisher, Environment environment) {
		return new HaltingProcessor(new JdbcTemplate(dataSource), publisher,
				environment.getProperty("halt", Boolean.class, false));
	}

}
