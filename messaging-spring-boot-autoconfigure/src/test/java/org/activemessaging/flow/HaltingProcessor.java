package org.activemessaging.flow;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A processor with an effect in its database and an output. May halt the JVM at the worst
 * time: when the database has committed and the broker has not.
 */
@Processor
class HaltingProcessor {

	private final JdbcTemplate jdbc;

	private final MessagePublisher publisher;

	private final boolean halt;

	HaltingProcessor(JdbcTemplate jdbc, MessagePublisher publisher, boolean halt) {
		this.jdbc = jdbc;
		this.publisher = publisher;
		this.halt = halt;
	}

	@SubscribesTo(value = "orders", id = "orders")
	void onMessage(String text) {
		this.jdbc.update("INSERT INTO EFFECTS (NAME) VALUES (?)", text);
		this.publisher.publish("results", text);
		if (this.halt && text.endsWith("7")) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					Runtime.getRuntime().halt(1);
				}

			});
		}
	}

}
