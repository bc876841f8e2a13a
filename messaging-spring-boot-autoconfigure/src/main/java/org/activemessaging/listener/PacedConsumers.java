package org.activemessaging.listener;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.activemessaging.permit.PermitHolder;
import org.activemessaging.permit.Permits;
import org.activemessaging.permit.Surplus;
import org.jspecify.annotations.Nullable;

/**
 * Opens the consumers of one container, each as its source and its permits ask for.
 */
final class PacedConsumers {

	// Until then the broker has noticed that the old connection is gone, and has put back
	// what it had handed out on it.
	private static final long PULLING_AFTER_AN_OUTAGE = TimeUnit.SECONDS.toNanos(1);

	private static final int UNPACED_PREFETCH = 10;

	private final Source source;

	private final @Nullable String selector;

	private final Pace pace;

	private final boolean pulling;

	private final @Nullable Permits permits;

	private final BooleanSupplier connected;

	private final AtomicInteger permitsHeld = new AtomicInteger();

	private final Surplus surplus = new Surplus();

	private final GivingBack givingBack = new GivingBack();

	private volatile long pullUntil = System.nanoTime();

	/**
	 * Creates it. A consumer must not be closed and opened again where it would miss
	 * messages; and where messages are acknowledged by others, closing would return those
	 * that are not acknowledged yet.
	 * @param source what is consumed
	 * @param selector which messages, or {@code null} for all
	 * @param pace how many messages may be handed ahead
	 * @param countsCrashes whether messages are tried alone after a crash
	 * @param permits what has to be held while messages are in work, or {@code null}
	 * @param connected whether there is a broker at the other end at this moment
	 */
	PacedConsumers(Source source, @Nullable String selector, Pace pace, boolean countsCrashes,
			@Nullable Permits permits, BooleanSupplier connected) {
		this.source = source;
		this.selector = selector;
		this.pace = pace;
		this.pulling = source.keepsMessages() && countsCrashes;
		this.permits = permits;
		this.connected = connected;
	}

	/**
	 * Opens a consumer.
	 * @param session its session
	 * @param others where the session of its permit comes from
	 * @return the consumer
	 * @throws JMSException if the broker refuses it
	 */
	PacedConsumer open(Session session, PermitHolder.Sessions others) throws JMSException {
		Permits needed = this.permits;
		PermitHolder permit = (needed != null) ? new PermitHolder(needed, others, this.permitsHeld, this.surplus)
				: null;
		return new PacedConsumer((prefetch) -> this.source.createConsumer(session, prefetch, this.selector),
				this.pulling ? this.pace::window : this::unpaced, this.pulling, this.pullUntil, this.connected, permit,
				this.givingBack.share());
	}

	// This consumer stays as it is opened. What a topic hands ahead, no other consumer
	// waits for.
	private int unpaced() {
		int max = this.pace.settings().max();
		return this.source.address().topic() ? max : Math.min(max, UNPACED_PREFETCH);
	}

	/**
	 * Has the consumers that are opened from now on pull for a while.
	 */
	void connectionRegained() {
		this.pullUntil = System.nanoTime() + PULLING_AFTER_AN_OUTAGE;
	}

	Source source() {
		return this.source;
	}

	Surplus surplus() {
		return this.surplus;
	}

	int permitsHeld() {
		return this.permitsHeld.get();
	}

}
