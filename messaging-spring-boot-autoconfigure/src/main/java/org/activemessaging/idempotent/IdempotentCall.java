package org.activemessaging.idempotent;

import org.activemessaging.AbortMessageException;
import org.activemessaging.filter.FilterChain;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.messaging.Message;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * The call of an idempotent processor: one database transaction in which first the
 * message is noted as processed, and then processed.
 */
final class IdempotentCall implements FilterChain {

	private static final Log logger = LogFactory.getLog(IdempotentCall.class);

	private final DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
			TransactionDefinition.PROPAGATION_REQUIRES_NEW);

	private final String processor;

	private final MessageKey key;

	private final ProcessedMessages processed;

	private final PlatformTransactionManager transactions;

	private final FilterChain method;

	private final Runnable duplicate;

	IdempotentCall(String processor, MessageKey key, ProcessedMessages processed,
			PlatformTransactionManager transactions, FilterChain method, Runnable duplicate) {
		this.processor = processor;
		this.key = key;
		this.processed = processed;
		this.transactions = transactions;
		this.method = method;
		this.duplicate = duplicate;
		this.definition.setName("messaging processor " + processor);
	}

	@Override
	public void proceed(Message<?> message) throws Exception {
		String key = this.key.of(message);
		TransactionStatus transaction = this.transactions.getTransaction(this.definition);
		boolean added;
		try {
			added = add(key);
			if (added) {
				IdempotentProcessing.run(this.processor, () -> this.method.proceed(message));
			}
		}
		catch (Exception | Error ex) {
			rollBack(transaction, ex);
			throw ex;
		}
		if (added) {
			this.transactions.commit(transaction);
		}
		else {
			this.transactions.rollback(transaction);
			this.duplicate.run();
		}
	}

	// First, and not after the processor: then a second copy waits here until the first
	// one is done, and never does any of the work.
	private boolean add(String key) {
		try {
			return this.processed.add(this.processor, key);
		}
		catch (PessimisticLockingFailureException ex) {
			throw new AbortMessageException("Another copy of the message is being processed", ex);
		}
	}

	private void rollBack(TransactionStatus transaction, Throwable failure) {
		try {
			this.transactions.rollback(transaction);
		}
		catch (TransactionException ex) {
			// The database rolls back by itself when its connection is gone.
			logger.debug("The rollback failed", ex);
			failure.addSuppressed(ex);
		}
	}

}
