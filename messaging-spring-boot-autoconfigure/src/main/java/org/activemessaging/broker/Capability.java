package org.activemessaging.broker;

import java.util.Locale;

/**
 * Something that is the same on each broker that can do it.
 *
 * @since 0.1.0
 */
public enum Capability {

	/**
	 * A message is moved to another queue as a whole: never is it in both, never in none.
	 * Where this is emulated, the copy is confirmed before the original is acknowledged,
	 * so that a crash between the two leaves both, with the same {@code am_id}.
	 */
	ATOMIC_MOVE,

	/**
	 * Each message of a session is acknowledged on its own.
	 */
	INDIVIDUAL_ACKNOWLEDGE,

	/**
	 * Multicast between groups and load balancing inside a group.
	 */
	VIRTUAL_TOPICS,

	/**
	 * Plain broadcast, kept for nobody who is away.
	 */
	TOPICS,

	/**
	 * The messages of a plain topic are kept for one subscriber that is away: see
	 * {@link DurableSubscribing}.
	 */
	DURABLE_SUBSCRIPTIONS,

	/**
	 * Messages of one message group go to one consumer, in order.
	 */
	MESSAGE_GROUPS,

	/**
	 * A consumer may choose messages by a condition on their headers.
	 */
	SELECTORS,

	/**
	 * A message of higher priority overtakes those that wait.
	 */
	PRIORITY,

	/**
	 * A message that nobody has taken in its time is given to nobody.
	 */
	EXPIRY,

	/**
	 * The broker itself holds a message back for a time.
	 */
	DELAY,

	/**
	 * The broker counts how often it has delivered a message, over the deaths of its
	 * consumers.
	 */
	DELIVERY_COUNT,

	/**
	 * A consumer that wants no message in advance is handed none.
	 */
	PREFETCH,

	/**
	 * The broker tells how many messages a queue holds.
	 */
	DEPTH,

	/**
	 * The broker tells how long the oldest message of a queue has been there.
	 */
	OLDEST_AGE,

	/**
	 * Messages can be looked at without being taken: see {@link QueueBrowsing}.
	 */
	BROWSE,

	/**
	 * All messages of a queue can be removed: see {@link QueuePurging}.
	 */
	PURGE,

	/**
	 * The number of messages in work in all instances can be limited: by permits in a
	 * queue, which are counted although consumers hold them: see {@link QueueCounting}.
	 */
	CLUSTER_CONCURRENCY,

	/**
	 * A consumer may ask for the messages of all places whose names match a pattern: see
	 * {@link NamePattern}. Which kinds of places, {@link BrokerAdapter#check} says.
	 */
	WILDCARDS;

	/**
	 * Returns the name as it is shown.
	 * @return the name in lower case with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
