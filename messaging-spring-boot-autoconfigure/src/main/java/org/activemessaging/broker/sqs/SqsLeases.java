package org.activemessaging.broker.sqs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.jms.JMSException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * All messages that a connection holds, in work or handed ahead: keeps them from coming
 * again until they are acknowledged or given back.
 */
final class SqsLeases {

	private static final Log logger = LogFactory.getLog(SqsLeases.class);

	private static final int BATCH = 10;

	private static final int TRIES = 3;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private final Set<SqsLease> held = ConcurrentHashMap.newKeySet();

	// A heartbeat that overtakes a giving back would hide a message that nobody has.
	private final ReentrantLock visibility = new ReentrantLock();

	private final SqsService service;

	private final long timeout;

	SqsLeases(SqsService service) {
		this.service = service;
		this.timeout = service.settings().visibilityTimeout().toNanos();
	}

	void hold(Collection<SqsLease> leases) {
		this.held.addAll(leases);
	}

	void drop(SqsLease lease) {
		this.held.remove(lease);
	}

	int size() {
		return this.held.size();
	}

	/**
	 * Acknowledges messages. One whose right is lost comes again, which is no error: it
	 * may have been processed twice, but it is not lost.
	 * @param leases the rights to them
	 */
	void acknowledge(List<SqsLease> leases) throws JMSException {
		for (List<SqsLease> batch : batches(leases)) {
			delete(batch);
			batch.forEach((lease) -> {
				this.held.remove(lease);
				this.service.forget(lease);
			});
		}
	}

	private void delete(List<SqsLease> batch) throws JMSException {
		SqsClient client = this.service.client();
		List<SqsLease> rest = batch;
		BatchResultErrorEntry failure = null;
		for (int attempt = 1; attempt <= TRIES && !rest.isEmpty(); attempt++) {
			if (attempt > 1) {
				LockSupport.parkNanos(attempt * PAUSE);
			}
			List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(rest.size());
			for (int i = 0; i < rest.size(); i++) {
				String id = String.valueOf(i);
				String handle = rest.get(i).handle();
				entries.add(DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build());
			}
			String url = batch.get(0).url();
			List<BatchResultErrorEntry> failures = this.service.ask(
					rest.size() + " messages of queue " + batch.get(0).queue() + " were not acknowledged",
					() -> client.deleteMessageBatch((request) -> request.queueUrl(url).entries(entries)).failed());
			List<SqsLease> failed = new ArrayList<>();
			for (BatchResultErrorEntry entry : failures) {
				if (isGone(entry)) {
					logger.debug("A message of queue " + batch.get(0).queue()
							+ " was held for too long to acknowledge it, and comes again: " + entry.code());
				}
				else {
					failed.add(rest.get(Integer.parseInt(entry.id())));
					failure = entry;
				}
			}
			rest = failed;
		}
		if (!rest.isEmpty() && failure != null) {
			throw SqsFailures.ofEntry(rest.size() + " of " + batch.size() + " messages of queue " + batch.get(0).queue()
					+ " were not acknowledged: " + failure.code(), failure.code());
		}
	}

	/**
	 * Has messages come again at once.
	 * @param leases the rights to them, in the order in which they are to be given back
	 */
	void giveBack(List<SqsLease> leases) throws JMSException {
		leases.forEach(this.held::remove);
		this.visibility.lock();
		try {
			for (List<SqsLease> batch : batches(leases)) {
				change(batch, 0);
			}
		}
		finally {
			this.visibility.unlock();
		}
	}

	/**
	 * Gives back what nobody has seen, which does not count as delivered.
	 */
	void giveBackUnseen(List<SqsLease> leases) {
		leases.forEach(this.service::unseen);
		try {
			giveBack(leases);
		}
		catch (JMSException ex) {
			logger.debug(leases.size() + " messages come again later", ex);
		}
	}

	/**
	 * Keeps what is held from coming again. To be called several times in the time after
	 * which it would.
	 */
	void extend() {
		this.visibility.lock();
		try {
			List<SqsLease> due = new ArrayList<>();
			for (SqsLease lease : this.held) {
				if (lease.remaining() < this.timeout / 3 * 2) {
					due.add(lease);
				}
			}
			for (List<SqsLease> batch : batches(due)) {
				long now = System.nanoTime();
				change(batch, (int) this.service.settings().visibilityTimeout().toSeconds());
				batch.forEach((lease) -> lease.extendTo(now + this.timeout));
			}
		}
		catch (JMSException ex) {
			logger.debug("Messages of " + this.service.profile() + " are held no longer than they are", ex);
		}
		finally {
			this.visibility.unlock();
		}
	}

	private void change(List<SqsLease> batch, int seconds) throws JMSException {
		SqsClient client = this.service.client();
		List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(batch.size());
		for (int i = 0; i < batch.size(); i++) {
			entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
				.id(String.valueOf(i))
				.receiptHandle(batch.get(i).handle())
				.visibilityTimeout(seconds)
				.build());
		}
		String url = batch.get(0).url();
		List<BatchResultErrorEntry> failures = this.service.ask(
				batch.size() + " messages of queue " + batch.get(0).queue() + " were neither held nor given back",
				() -> client.changeMessageVisibilityBatch((request) -> request.queueUrl(url).entries(entries))
					.failed());
		for (BatchResultErrorEntry entry : failures) {
			SqsLease lease = batch.get(Integer.parseInt(entry.id()));
			if (isGone(entry)) {
				this.held.remove(lease);
			}
			logger.debug("A message of queue " + lease.queue() + " is no longer this application's: " + entry.code());
		}
	}

	private static boolean isGone(BatchResultErrorEntry entry) {
		return Boolean.TRUE.equals(entry.senderFault()) || SqsFailures.isGone(entry.code());
	}

	private static List<List<SqsLease>> batches(List<SqsLease> leases) {
		Map<String, List<SqsLease>> byQueue = new LinkedHashMap<>();
		for (SqsLease lease : leases) {
			byQueue.computeIfAbsent(lease.url(), (url) -> new ArrayList<>()).add(lease);
		}
		List<List<SqsLease>> batches = new ArrayList<>();
		for (List<SqsLease> all : byQueue.values()) {
			for (int i = 0; i < all.size(); i += BATCH) {
				batches.add(all.subList(i, Math.min(all.size(), i + BATCH)));
			}
		}
		return batches;
	}

}
