package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The outbox for one broker as an operator sees it: that of all instances of the
 * application.
 *
 * @param pending how many messages wait to be sent
 * @param oldestAge how long the oldest of them has waited
 * @param failed how many messages are not tried again, as their broker refuses them or
 * their destination is not configured
 * @param lastFailure why the last one of these is not
 * @param sampledAt when this was counted
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OutboxView(long pending, @Nullable Duration oldestAge, long failed, @Nullable String lastFailure,
		Instant sampledAt) {

}
