package org.activemessaging.observation;

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message that is being published. The trace context is written into
 * its headers.
 *
 * @since 0.1.0
 */
public final class MessagingPublishContext extends SenderContext<Map<String, Object>> {

	private final NamedDestination destination;

	MessagingPublishContext(NamedDestination destination, Map<String, Object> headers, Setter setter) {
		super((carrier, name, value) -> {
			if (carrier != null) {
				setter.set(carrier, name, value);
			}
		}, Kind.PRODUCER);
		this.destination = destination;
		setCarrier(headers);
	}

	/**
	 * Returns where the message goes.
	 * @return the destination
	 */
	public NamedDestination destination() {
		return this.destination;
	}

	/**
	 * Returns a header of the message.
	 * @param name its name
	 * @return its value, or {@code null} if it has none. The id of a message without one
	 * is only known at the end
	 */
	public @Nullable Object header(String name) {
		Map<String, Object> headers = getCarrier();
		return (headers != null) ? headers.get(name) : null;
	}

	/**
	 * Writes a header.
	 */
	@FunctionalInterface
	interface Setter {

		void set(Map<String, Object> headers, String name, String value);

	}

}
