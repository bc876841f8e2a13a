package org.activemessaging.outbox;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.Outbox;

import org.springframework.messaging.Message;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stores what is published while a transaction of a database is active, in that
 * transaction.
 *
 * @since 0.1.0
 */
public final class JdbcOutbox implements Outbox {

	private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

	private final DataSource dataSource;

	private final OutboxTable table;

	/**
	 * Creates an outbox.
	 * @param dataSource the database, by which its transactions are known
	 * @param table the table
	 */
	public JdbcOutbox(DataSource dataSource, OutboxTable table) {
		this.dataSource = dataSource;
		this.table = table;
	}

	@Override
	public boolean take(NamedDestination destination, Message<?> message) {
		if (!isInTransaction()) {
			return false;
		}
		String broker = destination.broker().name();
		this.table.insert(broker, destination.name(), String.valueOf(message.getHeaders().get(MessagingHeaders.ID)),
				MessageCodec.write(message));
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new Committed(this, broker));
		}
		return true;
	}

	// In a read-only transaction, nothing is written that a message would have to go
	// together with, and the database might refuse the row.
	private boolean isInTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.hasResource(this.dataSource)
				&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
	}

	/**
	 * Has somebody told after each commit of a transaction that stored something.
	 * @param listener who is told the name of the broker; must be quick
	 */
	void onCommit(Consumer<String> listener) {
		this.listeners.add(listener);
	}

	private void committed(String broker) {
		this.listeners.forEach((listener) -> listener.accept(broker));
	}

	/**
	 * Tells the listeners after the commit. Of equal ones a transaction keeps one.
	 *
	 * @param outbox the outbox
	 * @param broker the name of the broker
	 */
	private record Committed(JdbcOutbox outbox, String broker) implements TransactionSynchronization {

		@Override
		public void afterCommit() {
			this.outbox.committed(this.broker);
		}

	}

}
