package org.activemessaging.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that answers an unknown name with
 * the known ones.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = MessagingEndpoint.class)
public class MessagingEndpointWebExtension {

	private static final List<String> KINDS = List.of("brokers", "destinations", "processors", "processor-groups");

	private final MessagingEndpoint delegate;

	/**
	 * Creates an extension.
	 * @param delegate the endpoint
	 */
	public MessagingEndpointWebExtension(MessagingEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Returns all things of a kind.
	 * @param kind {@code brokers}, {@code destinations}, {@code processors} or
	 * {@code processor-groups}
	 * @return views of them by name, or a 404 with the known kinds
	 */
	@ReadOperation
	public WebEndpointResponse<Object> items(@Selector String kind) {
		Map<String, ?> items = this.delegate.items(kind);
		return (items != null) ? new WebEndpointResponse<>(items) : notFound(kind, KINDS);
	}

	/**
	 * Returns one thing by its name.
	 * @param kind {@code brokers}, {@code destinations}, {@code processors} or
	 * {@code processor-groups}
	 * @param name its name or id
	 * @return a view of it, or a 404 with the known names
	 */
	@ReadOperation
	public WebEndpointResponse<Object> item(@Selector String kind, @Selector String name) {
		Map<String, ?> items = this.delegate.items(kind);
		if (items == null) {
			return notFound(kind, KINDS);
		}
		Object item = items.get(name);
		return (item != null) ? new WebEndpointResponse<>(item) : notFound(name, items.keySet());
	}

	private static WebEndpointResponse<Object> notFound(String name, Collection<String> known) {
		return new WebEndpointResponse<>(new NotFound("There is no '" + name + "'", List.copyOf(known)),
				WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * The body of a 404.
	 *
	 * @param error what is wrong
	 * @param known the names that are known
	 */
	public record NotFound(String error, List<String> known) {
	}

}
