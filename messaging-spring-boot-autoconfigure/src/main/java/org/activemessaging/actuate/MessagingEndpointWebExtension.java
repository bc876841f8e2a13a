package org.activemessaging.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.activemessaging.operations.scaling.ScalingView;
import org.jspecify.annotations.Nullable;

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

	private static final List<String> KINDS = List.of("brokers", "destinations", "processors", "processor-groups",
			"doctor", "scaling", "topology", "console");

	private final MessagingEndpoint delegate;

	/**
	 * Creates an extension.
	 * @param delegate the endpoint
	 */
	public MessagingEndpointWebExtension(MessagingEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Returns all things of a kind, or an insight.
	 * @param kind {@code brokers}, {@code destinations}, {@code processors},
	 * {@code processor-groups}, {@code doctor}, {@code scaling}, {@code topology} or
	 * {@code console}
	 * @param group the processor group to tell about, for {@code scaling} only
	 * @param target in what time a backlog is to be gone, for {@code scaling} only
	 * @return views of them by name, or a 404 with the known kinds
	 */
	@ReadOperation
	public WebEndpointResponse<?> items(@Selector String kind, @Nullable String group, @Nullable String target) {
		if (kind.equals("scaling")) {
			return scaling(group, target);
		}
		Map<String, ?> items = this.delegate.items(kind);
		Object view = (items != null) ? items : this.delegate.insights().view(kind);
		return (view != null) ? new WebEndpointResponse<>(view) : notFound(kind, KINDS);
	}

	private WebEndpointResponse<?> scaling(@Nullable String group, @Nullable String target) {
		Map<String, ScalingView> views;
		try {
			views = this.delegate.insights().scaling(target);
		}
		catch (IllegalArgumentException ex) {
			return new WebEndpointResponse<>(Map.of("error", String.valueOf(ex.getMessage())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		if (group == null) {
			return new WebEndpointResponse<>(Map.of("processorGroups", views));
		}
		ScalingView view = views.get(group);
		return (view != null) ? new WebEndpointResponse<>(view) : notFound(group, views.keySet());
	}

	/**
	 * Returns one thing by its name.
	 * @param kind {@code brokers}, {@code destinations}, {@code processors},
	 * {@code processor-groups}, {@code topology} or {@code console}
	 * @param name its name or id
	 * @return a view of it, or a 404 with the known names
	 */
	@ReadOperation
	public WebEndpointResponse<?> item(@Selector String kind, @Selector String name) {
		if (kind.equals("topology")) {
			return name.equals("asyncapi") ? new WebEndpointResponse<>(this.delegate.insights().asyncApi())
					: notFound(name, List.of("asyncapi"));
		}
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
