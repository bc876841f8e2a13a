package org.activemessaging.autoconfigure;

import org.activemessaging.autoconfigure.OutboxProperties;
import org.activemessaging.broker.Brokers;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.outbox.JdbcOutbox;
import org.activemessaging.outbox.OutboxRelay;
import org.activemessaging.outbox.OutboxSettings;
import org.activemessaging.outbox.OutboxTable;
import org.activemessaging.publisher.FilteringMessagePublisher;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The outbox.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("messaging.outbox.enabled")
class OutboxConfiguration {

	private static final int MAX_BATCH = 10_000;

	@Bean
	OutboxTable messagingOutboxTable(MessagingDatabase database, Environment environment) {
		return new OutboxTable(database.jdbc(OutboxTable.TABLE, OutboxRelay.LEASES),
				ApplicationName.of(environment).name());
	}

	@Bean
	JdbcOutbox messagingOutbox(MessagingDatabase database, OutboxTable table) {
		return new JdbcOutbox(database.dataSource(), table);
	}

	@Bean
	@ConditionalOnBean(FilteringMessagePublisher.class)
	OutboxRelay messagingOutboxRelay(JdbcOutbox outbox, OutboxTable table, MessagingDatabase database,
			FilteringMessagePublisher publisher, Brokers brokers, NamedDestinations destinations,
			MessagingProperties properties) {
		return new OutboxRelay(outbox, table, database.jdbc(), publisher, brokers, destinations, settings(properties));
	}

	private static OutboxSettings settings(MessagingProperties properties) {
		OutboxProperties outbox = properties.outbox();
		Checks.range("messaging.outbox.batch-size", outbox.batchSize(), 1, MAX_BATCH);
		Checks.positive("messaging.outbox.poll-interval", outbox.pollInterval());
		Checks.positive("messaging.outbox.lease", outbox.lease());
		return new OutboxSettings(outbox.batchSize(), outbox.pollInterval(), outbox.lease(),
				properties.operations().sampleInterval());
	}

}
