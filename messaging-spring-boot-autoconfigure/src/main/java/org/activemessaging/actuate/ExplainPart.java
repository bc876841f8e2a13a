package org.activemessaging.actuate;

import java.util.List;

import org.activemessaging.operations.UnknownNameException;
import org.activemessaging.operations.explain.Explainer;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * How a destination becomes an address, and who handles its messages:
 * {@code explain/<destination>}, or {@code explain} for all of them.
 *
 * @since 0.1.0
 */
public final class ExplainPart implements EndpointPart {

	private final Explainer explainer;

	/**
	 * Creates the part.
	 * @param explainer what explains
	 */
	public ExplainPart(Explainer explainer) {
		this.explainer = explainer;
	}

	@Override
	public String name() {
		return "explain";
	}

	@Override
	public WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		parameters.allowing();
		if (path.size() > 1) {
			throw new UnknownNameException(path.get(1), List.of());
		}
		return path.isEmpty() ? new WebEndpointResponse<>(this.explainer.all())
				: new WebEndpointResponse<>(this.explainer.explain(path.get(0)));
	}

}
