package org.activemessaging.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.operations.OutboxBacklog;
import org.activemessaging.operations.OutboxView;
import org.activemessaging.outbox.OutboxTable.Backlog;
import org.activemessaging.outbox.OutboxTable.Parked;
import org.activemessaging.publisher.FilteringMessagePublisher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Relays the outbox while the application runs, by a thread for each broker, and counts
 * its backlog by one more.
 *
 * @since 0.1.0
 */
public final class OutboxRelay implements SmartLifecycle, OutboxBacklog {

	/**
	 * The name of the table that says which instance relays.
	 */
	public static final String LEASES = Lease.TABLE;

	private static final Log logger = LogFactory.getLog(OutboxRelay.class);

	private static final long STOP = TimeUnit.SECONDS.toNanos(5);

	// An operator finds the process by it.
	private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();

	private final Map<String, Relay> relays = new LinkedHashMap<>();

	private final OutboxTable table;

	private final JdbcOperations jdbc;

	private final FilteringMessagePublisher publisher;

	private final Brokers brokers;

	private final NamedDestinations destinations;

	private final OutboxSettings settings;

	private final OutageLog outage = new OutageLog(logger, "The counting of the outbox");

	private volatile Map<String, OutboxView> views = Map.of();

	private @Nullable ScheduledExecutorService sampler;

	/**
	 * Creates a relay.
	 * @param outbox what tells of commits
	 * @param table the table
	 * @param jdbc the database, used outside of transactions
	 * @param publisher what sends
	 * @param brokers the brokers
	 * @param destinations the destinations
	 * @param settings how to relay
	 */
	public OutboxRelay(JdbcOutbox outbox, OutboxTable table, JdbcOperations jdbc, FilteringMessagePublisher publisher,
			Brokers brokers, NamedDestinations destinations, OutboxSettings settings) {
		this.table = table;
		this.jdbc = jdbc;
		this.publisher = publisher;
		this.brokers = brokers;
		this.destinations = destinations;
		this.settings = settings;
		outbox.onCommit(this::wake);
	}

	private synchronized void wake(String broker) {
		Relay relay = this.relays.get(broker);
		if (relay != null) {
			relay.wake();
		}
	}

	@Override
	public synchronized void start() {
		for (Broker broker : this.brokers.all()) {
			Lease lease = new Lease(this.jdbc, "outbox/" + this.table.application() + "/" + broker.name(), this.owner,
					this.settings.lease());
			Relay relay = new Relay(broker, this.table, lease, this::send, this.settings);
			this.relays.put(broker.name(), relay);
			Thread thread = new Thread(relay, "messaging-outbox-" + broker.name());
			thread.setDaemon(true);
			thread.start();
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-outbox-sampler-");
		threads.setDaemon(true);
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(threads);
		executor.scheduleWithFixedDelay(this::sample, 0, Math.max(1, this.settings.sampleInterval().toMillis()),
				TimeUnit.MILLISECONDS);
		this.sampler = executor;
	}

	private void send(StoredMessage message) {
		NamedDestination destination = this.destinations.get(message.destination());
		this.publisher.relay(destination, message.message(System.currentTimeMillis()));
	}

	private void sample() {
		try {
			// Other instances may be of another version, and know other destinations.
			for (NamedDestination destination : this.destinations.all()) {
				this.table.release(destination.name(), destination.broker().name());
			}
			Map<String, Backlog> backlogs = this.table.backlogs();
			for (Map.Entry<String, Backlog> backlog : backlogs.entrySet()) {
				if (backlog.getValue().pending() > 0 && !isKnown(backlog.getKey())) {
					int parked = this.table.parkAll(backlog.getKey(), Parked.UNKNOWN_DESTINATION + "no broker '"
							+ backlog.getKey() + "' is configured where the message was to be sent");
					logger.warn(parked + " messages stay in the outbox and are not tried: broker '" + backlog.getKey()
							+ "' is not configured");
				}
			}
			this.views = views(backlogs);
			this.outage.regained();
		}
		catch (RuntimeException ex) {
			this.outage.lost(ex);
		}
	}

	private boolean isKnown(String broker) {
		return this.brokers.all().stream().anyMatch((known) -> known.name().equals(broker));
	}

	private Map<String, OutboxView> views(Map<String, Backlog> backlogs) {
		Instant now = Instant.now();
		Map<String, OutboxView> views = new LinkedHashMap<>();
		for (Broker broker : this.brokers.all()) {
			views.put(broker.name(), view(backlogs.getOrDefault(broker.name(), Backlog.EMPTY), now));
		}
		backlogs.forEach((broker, backlog) -> views.putIfAbsent(broker, view(backlog, now)));
		return views;
	}

	private static OutboxView view(Backlog backlog, Instant now) {
		Duration age = Duration.ofMillis(Math.max(0, now.toEpochMilli() - backlog.oldestAt()));
		return new OutboxView(backlog.pending(), (backlog.pending() > 0) ? age : null, backlog.failed(),
				backlog.lastFailure(), now);
	}

	@Override
	public Map<String, OutboxView> views() {
		return this.views;
	}

	@Override
	public void stop() {
		List<Relay> stopping;
		synchronized (this) {
			if (this.sampler != null) {
				this.sampler.shutdownNow();
				this.sampler = null;
			}
			stopping = new ArrayList<>(this.relays.values());
			this.relays.clear();
		}
		stopping.forEach(Relay::stop);
		long end = System.nanoTime() + STOP;
		try {
			for (Relay relay : stopping) {
				if (!relay.awaitEnd(Math.max(0, end - System.nanoTime()))) {
					logger.info("The relay of the outbox waits for a broker's word, and is left behind");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// Stops after the processors, which may still store something.
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.sampler != null;
	}

}
