package org.activemessaging.listener;

import org.activemessaging.permit.Permits;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a processor from taking messages as fast as it could.
 *
 * @param rate how many messages this instance takes in a time, or {@code null} for any
 * number
 * @param permits the permits for how many messages are in work in all instances together,
 * or {@code null} for any number
 * @since 0.1.0
 */
public record Limits(@Nullable Rate rate, @Nullable Permits permits) {

}
