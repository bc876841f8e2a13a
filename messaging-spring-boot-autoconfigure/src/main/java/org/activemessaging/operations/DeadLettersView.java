package org.activemessaging.operations;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a queue as an operator sees them, by their causes.
 *
 * @param queue the physical name of the dead-letter queue
 * @param group the consumer group, for a virtual topic
 * @param depth how many messages it held when it was sampled last
 * @param exact whether the depth is exact, else it is a lower bound
 * @param how how the messages were looked at: {@code native}, {@code emulated} or
 * {@code impossible}
 * @param why what that means here
 * @param looked how many messages were looked at; there may be more
 * @param causes the causes, the most frequent first
 * @param messages the messages, oldest first
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeadLettersView(String queue, @Nullable String group, @Nullable Long depth, boolean exact, String how,
		String why, int looked, List<CauseView> causes, List<MessageView> messages) {

	/**
	 * A cause and the dead letters that have it.
	 *
	 * @param fingerprint what they have in common
	 * @param exception the class name of the exception
	 * @param message the message of the exception of the last one
	 * @param frames where it failed in the application
	 * @param messageType the type of the messages
	 * @param processor the id of the processor that failed
	 * @param count how many there are, of those that were looked at
	 * @param firstSeen when the first of them failed
	 * @param lastSeen when the last of them failed
	 * @param applicationVersions the versions of the application that have failed
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record CauseView(String fingerprint, String exception, @Nullable String message, List<String> frames,
			String messageType, @Nullable String processor, int count, Instant firstSeen, Instant lastSeen,
			List<String> applicationVersions) {
	}

}
