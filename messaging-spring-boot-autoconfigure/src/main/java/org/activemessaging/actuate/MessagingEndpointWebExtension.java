package org.activemessaging.actuate;

import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} with everything that is under the
 * endpoint over HTTP: what can be read, and what can be changed. It answers an unknown
 * name with the known ones, and knows no HTTP server.
 * <p>
 * Paths are dispatched here, as selectors cannot be fixed names.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = MessagingEndpoint.class)
public class MessagingEndpointWebExtension {

	private final EndpointReads reads;

	private final EndpointWrites writes;

	/**
	 * Creates an extension.
	 * @param reads what can be read
	 * @param writes what can be changed
	 */
	public MessagingEndpointWebExtension(EndpointReads reads, EndpointWrites writes) {
		this.reads = reads;
		this.writes = writes;
	}

	/**
	 * Returns all things of a kind.
	 * @param kind {@code brokers}, {@code destinations}, {@code processors},
	 * {@code processor-groups}, {@code operations}, or the name of a further part
	 * @param parameters the parameters of the request
	 * @return the answer
	 */
	@ReadOperation
	public WebEndpointResponse<?> items(@Selector String kind, Map<String, Object> parameters) {
		return EndpointAnswers.of(() -> this.reads.read(List.of(kind), new RequestParameters(parameters)));
	}

	/**
	 * Returns one thing by its name.
	 * @param kind as above
	 * @param name its name or id
	 * @param parameters the parameters of the request
	 * @return the answer
	 */
	@ReadOperation
	public WebEndpointResponse<?> item(@Selector String kind, @Selector String name, Map<String, Object> parameters) {
		return EndpointAnswers.of(() -> this.reads.read(List.of(kind, name), new RequestParameters(parameters)));
	}

	/**
	 * Returns an aspect of a thing.
	 * @param kind as above
	 * @param name its name or id
	 * @param aspect what of it, {@code messages} or {@code dead-letters} of a destination
	 * @param parameters the parameters of the request
	 * @return the answer
	 */
	@ReadOperation
	public WebEndpointResponse<?> aspect(@Selector String kind, @Selector String name, @Selector String aspect,
			Map<String, Object> parameters) {
		return EndpointAnswers
			.of(() -> this.reads.read(List.of(kind, name, aspect), new RequestParameters(parameters)));
	}

	/**
	 * Changes a thing.
	 * @param security who asks
	 * @param kind {@code processors}, {@code processor-groups} or {@code operations}
	 * @param name its name or id
	 * @param parameters what is to change
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<?> change(SecurityContext security, @Selector String kind, @Selector String name,
			Map<String, Object> parameters) {
		return EndpointAnswers
			.of(() -> this.writes.change(kind, name, new RequestParameters(parameters), by(security)));
	}

	/**
	 * Does something with a thing.
	 * @param security who asks
	 * @param kind {@code destinations} or {@code operations}
	 * @param name its name or id
	 * @param action what to do, {@code purge} for example
	 * @param parameters how to do it
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<?> act(SecurityContext security, @Selector String kind, @Selector String name,
			@Selector String action, Map<String, Object> parameters) {
		return EndpointAnswers
			.of(() -> this.writes.act(kind, name, action, new RequestParameters(parameters), by(security)));
	}

	private static String by(SecurityContext security) {
		return (security.getPrincipal() != null) ? security.getPrincipal().getName() : "unknown";
	}

}
