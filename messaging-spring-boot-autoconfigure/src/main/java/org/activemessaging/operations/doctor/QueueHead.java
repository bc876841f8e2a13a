package org.activemessaging.operations.doctor;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What was seen at the head of a queue.
 *
 * @param at when
 * @param seen how many messages were looked at
 * @param messageGroup the message group of all of them, or {@code null} if they have none
 * or different ones
 * @param matches how many of them each selector takes
 */
record QueueHead(Instant at, int seen, @Nullable String messageGroup, Map<String, Integer> matches) {

}
