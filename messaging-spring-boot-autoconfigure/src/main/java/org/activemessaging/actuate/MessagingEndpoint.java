package org.activemessaging.actuate;

import java.util.Map;

import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.MessagingView;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} that shows brokers, destinations and processors.
 *
 * @since 0.1.0
 */
@Endpoint(id = "messaging", defaultAccess = Access.READ_ONLY)
public class MessagingEndpoint {

	private final MessagingOperations operations;

	/**
	 * Creates an endpoint.
	 * @param operations what answers its questions
	 */
	public MessagingEndpoint(MessagingOperations operations) {
		this.operations = operations;
	}

	/**
	 * Returns everything.
	 * @return a view of everything
	 */
	@ReadOperation
	public MessagingView messaging() {
		return this.operations.view();
	}

	/**
	 * Returns one thing by its name.
	 * @param kind {@code brokers}, {@code destinations}, {@code processors} or
	 * {@code processor-groups}
	 * @param name its name or id
	 * @return a view of it, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable Object item(@Selector String kind, @Selector String name) {
		Map<String, ?> items = items(kind);
		return (items != null) ? items.get(name) : null;
	}

	@Nullable Map<String, ?> items(String kind) {
		return switch (kind) {
			case "brokers" -> this.operations.brokers();
			case "destinations" -> this.operations.destinations();
			case "processors" -> this.operations.processors();
			case "processor-groups" -> this.operations.view().processorGroups();
			default -> null;
		};
	}

}
