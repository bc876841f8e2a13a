package org.activemessaging.autoconfigure;

import org.activemessaging.autoconfigure.IdempotentProperties;
import org.activemessaging.idempotent.Idempotence;
import org.activemessaging.idempotent.ProcessedMessages;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Idempotent processors. Made when the first of them is: an application without any needs
 * no table.
 */
@Configuration(proxyBeanMethods = false)
class IdempotentConfiguration {

	@Bean(destroyMethod = "close")
	@Lazy
	Idempotence messagingIdempotence(MessagingProperties properties, MessagingDatabase database) {
		IdempotentProperties idempotent = properties.idempotent();
		Checks.positive("messaging.idempotent.retention", idempotent.retention());
		Checks.positive("messaging.idempotent.cleanup-interval", idempotent.cleanupInterval());
		return new Idempotence(new ProcessedMessages(database.jdbc(ProcessedMessages.TABLE)), database.transactions(),
				idempotent.retention(), idempotent.cleanupInterval());
	}

}
