package org.activemessaging.actuate;

import java.util.List;

import org.activemessaging.operations.UnknownNameException;
import org.activemessaging.operations.topology.Topology;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Who talks to whom: {@code topology}, and the same as an AsyncAPI document:
 * {@code topology/asyncapi}.
 *
 * @since 0.1.0
 */
public final class TopologyPart implements EndpointPart {

	private static final String ASYNC_API = "asyncapi";

	private final Topology topology;

	/**
	 * Creates the part.
	 * @param topology what draws the graph
	 */
	public TopologyPart(Topology topology) {
		this.topology = topology;
	}

	@Override
	public String name() {
		return "topology";
	}

	@Override
	public WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		parameters.allowing();
		if (path.isEmpty()) {
			return new WebEndpointResponse<>(this.topology.view());
		}
		if (!path.equals(List.of(ASYNC_API))) {
			throw new UnknownNameException(path.get(path.size() - 1), List.of(ASYNC_API));
		}
		return new WebEndpointResponse<>(this.topology.asyncApi());
	}

}
