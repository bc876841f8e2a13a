package org.activemessaging.operations;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The first messages of a queue as an operator sees them.
 *
 * @param queue the physical name of the queue
 * @param group the consumer group, for a virtual topic
 * @param depth how many messages it held when it was sampled last
 * @param exact whether the depth is exact, else it is a lower bound
 * @param how how the messages were looked at: {@code native}, {@code emulated} or
 * {@code impossible}
 * @param why what that means here
 * @param messages the messages, oldest first, or {@code null} if they cannot be looked at
 * @param truncated whether there are more
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MessagesView(String queue, @Nullable String group, @Nullable Long depth, boolean exact, String how,
		String why, @Nullable List<MessageView> messages, boolean truncated) {

}
