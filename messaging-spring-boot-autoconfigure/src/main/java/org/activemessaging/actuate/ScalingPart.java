package org.activemessaging.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.activemessaging.operations.UnknownNameException;
import org.activemessaging.operations.scaling.Scaling;
import org.activemessaging.operations.scaling.ScalingView;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * How many instances each processor group needs: {@code scaling}.
 *
 * @since 0.1.0
 */
public final class ScalingPart implements EndpointPart {

	private static final Duration TARGET = Duration.ofMinutes(1);

	private final Scaling scaling;

	/**
	 * Creates the part.
	 * @param scaling who does the arithmetic
	 */
	public ScalingPart(Scaling scaling) {
		this.scaling = scaling;
	}

	@Override
	public String name() {
		return "scaling";
	}

	@Override
	public WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		if (!path.isEmpty()) {
			throw new UnknownNameException(path.get(0), List.of());
		}
		parameters.allowing("group", "target");
		Duration target = parameters.duration("target");
		if (target != null && target.toMillis() == 0) {
			throw new IllegalArgumentException("'target' is " + target + ", but a duration above zero is needed");
		}
		Map<String, ScalingView> views = this.scaling.views((target != null) ? target : TARGET);
		String group = parameters.text("group");
		if (group == null) {
			return new WebEndpointResponse<>(Map.of("processorGroups", views));
		}
		ScalingView view = views.get(group);
		if (view == null) {
			throw new UnknownNameException(group, views.keySet());
		}
		return new WebEndpointResponse<>(view);
	}

}
