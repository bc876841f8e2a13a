package org.activemessaging.operations;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message as an operator sees it.
 *
 * @param id its {@code am_id}, which it keeps wherever it is moved
 * @param messageId the id that the broker's client gave it
 * @param sentAt when it was sent first
 * @param expiresAt when it expires, or {@code null} if it does not
 * @param priority its priority
 * @param group its message group
 * @param redelivered whether the broker has delivered it before
 * @param type what its body is: {@code text}, {@code bytes}, {@code map}, {@code object},
 * {@code stream} or {@code other}
 * @param size the size of its body in bytes or characters, or {@code null} if that would
 * have to be read
 * @param headers its headers, as far as they may be seen
 * @param payload its payload, if it was asked for and may be seen
 * @param payloadHidden why the payload is not shown, or {@code null} if it is
 * @param cause the fingerprint of the cause, of a dead letter
 * @param attempts how often it was tried, of a dead letter
 * @param stack where it failed, of a dead letter
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MessageView(@Nullable String id, @Nullable String messageId, @Nullable Instant sentAt,
		@Nullable Instant expiresAt, int priority, @Nullable String group, boolean redelivered, String type,
		@Nullable Long size, Map<String, Object> headers, @Nullable String payload, @Nullable String payloadHidden,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String cause,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer attempts,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stack) {

}
