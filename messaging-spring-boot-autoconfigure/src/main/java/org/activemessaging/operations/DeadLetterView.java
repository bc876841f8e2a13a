package org.activemessaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A dead-letter queue as an operator sees it.
 *
 * @param name the physical name
 * @param nameOnBroker the name that the broker's own tools show, where that is another
 * @param depth how many messages it holds, or {@code null} if nobody knows
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeadLetterView(String name, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nameOnBroker,
		@Nullable Long depth) {

}
