package org.activemessaging.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Observations of messages.
 *
 * @param enabled Whether each message that is published, and each try, is an observation.
 * By default if there is somebody who traces them.
 * @since 0.1.0
 */
public record ObservationProperties(@Nullable Boolean enabled) {
}
