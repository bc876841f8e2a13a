package org.activemessaging.listener;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a processor from taking messages as fast as it could.
 *
 * @param rate how many messages this instance takes in a time, or {@code null} for any
 * number
 * @since 0.1.0
 */
public record Limits(@Nullable Rate rate) {

}
