package org.activemessaging.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests and their replies.
 *
 * @param timeout How long the reply to a request is waited for, and the request is of
 * use, unless it says otherwise.
 * @param instance What tells this instance from all others of the application: the end of
 * the name of its queue for replies. By default random, for each start anew.
 * @since 0.1.0
 */
public record RequestProperties(@DefaultValue("10s") Duration timeout, @Nullable String instance) {
}
