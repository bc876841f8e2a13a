package org.activemessaging.broker;

import java.time.Clock;
import java.util.function.Supplier;

import jakarta.jms.ConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * A broker: its profile, the adapter that speaks to it, and the one connection factory
 * behind it.
 *
 * @since 0.1.0
 */
public final class Broker {

	// One session in use by a request thread is the normal case of the beans that share
	// it.
	private static final int CACHED_SESSIONS = 16;

	private final BrokerProfile profile;

	private final BrokerAdapter adapter;

	private final SingletonSupplier<ConnectionFactory> connectionFactory;

	private final SingletonSupplier<Clock> clock;

	private @Nullable CachingConnectionFactory sharedConnectionFactory;

	/**
	 * Creates a broker.
	 * @param profile its profile
	 * @param adapter the adapter that speaks to it
	 * @param connectionFactory where its connection factory comes from, asked once
	 */
	public Broker(BrokerProfile profile, BrokerAdapter adapter, Supplier<ConnectionFactory> connectionFactory) {
		this.profile = profile;
		this.adapter = adapter;
		this.connectionFactory = SingletonSupplier.of(connectionFactory);
		this.clock = SingletonSupplier.of(() -> adapter.clock(profile));
	}

	/**
	 * Creates a broker whose connection factory the adapter makes.
	 * @param profile its profile
	 * @param adapter the adapter that speaks to it
	 * @return the broker
	 */
	public static Broker of(BrokerProfile profile, BrokerAdapter adapter) {
		return new Broker(profile, adapter, () -> adapter.createConnectionFactory(profile));
	}

	/**
	 * Returns the name of the broker.
	 * @return the key under {@code messaging.broker}
	 */
	public String name() {
		return this.profile.name();
	}

	/**
	 * Returns the profile.
	 * @return the profile
	 */
	public BrokerProfile profile() {
		return this.profile;
	}

	/**
	 * Returns the adapter.
	 * @return the adapter
	 */
	public BrokerAdapter adapter() {
		return this.adapter;
	}

	/**
	 * Returns the time by which messages on this broker are held back and expire.
	 * @return the clock
	 */
	public Clock clock() {
		return this.clock.obtain();
	}

	/**
	 * Returns the connection factory without a cache, for those who keep their connection
	 * themselves.
	 * @return the connection factory
	 */
	public ConnectionFactory connectionFactory() {
		return this.connectionFactory.obtain();
	}

	/**
	 * Returns the connection factory with a cache, for {@code JmsTemplate} and the like.
	 * @return the connection factory
	 */
	public synchronized ConnectionFactory sharedConnectionFactory() {
		if (this.sharedConnectionFactory == null) {
			CachingConnectionFactory caching = new CachingConnectionFactory(connectionFactory());
			caching.setSessionCacheSize(CACHED_SESSIONS);
			this.sharedConnectionFactory = caching;
		}
		return this.sharedConnectionFactory;
	}

	synchronized void close() {
		if (this.sharedConnectionFactory != null) {
			this.sharedConnectionFactory.destroy();
		}
	}

	@Override
	public String toString() {
		return this.profile.toString();
	}

}
