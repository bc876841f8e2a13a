package org.activemessaging.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Publishing in database transactions.
 *
 * @param enabled Whether what is published in a database transaction is stored in it, and
 * sent after its commit.
 * @param batchSize How many messages are sent before they are deleted from the outbox. As
 * many may be sent twice after a crash.
 * @param pollInterval How often the outbox is looked at for what other instances have
 * stored.
 * @param lease After how long without a sign of life of the instance that sends another
 * one takes over.
 * @since 0.1.0
 */
public record OutboxProperties(@DefaultValue("false") boolean enabled, @DefaultValue("100") int batchSize,
		@DefaultValue("1s") Duration pollInterval, @DefaultValue("10s") Duration lease) {
}
