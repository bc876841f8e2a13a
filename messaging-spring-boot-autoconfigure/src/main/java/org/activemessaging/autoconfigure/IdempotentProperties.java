package org.activemessaging.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What idempotent processors remember.
 *
 * @param retention How long it is remembered that a message was processed.
 * @param cleanupInterval How often what is older is deleted.
 * @since 0.1.0
 */
public record IdempotentProperties(@DefaultValue("7d") Duration retention,
		@DefaultValue("10m") Duration cleanupInterval) {
}
