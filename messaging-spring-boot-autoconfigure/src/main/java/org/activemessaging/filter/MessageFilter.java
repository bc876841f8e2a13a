package org.activemessaging.filter;

import org.springframework.messaging.Message;

/**
 * A bean that is called around every message, inbound, outbound or both, in the order of
 * Spring's {@code @Order}. {@link FilterFor} restricts it to a direction and to
 * destinations.
 * <p>
 * The message has the form it has on the wire: its payload is a {@code String}, a
 * {@code byte[]} or a {@code Map}, before it is read on the way in and after it was
 * written on the way out. A filter that does not proceed stops the message: inbound it is
 * acknowledged without being processed, outbound it is not sent. An exception of an
 * inbound filter is treated as one of the processor.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MessageFilter {

	/**
	 * Filters a message. Called by several threads at once.
	 * @param message the message
	 * @param routing where it comes from or goes to
	 * @param chain what comes next
	 * @throws Exception if the message cannot go on
	 */
	void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception;

}
