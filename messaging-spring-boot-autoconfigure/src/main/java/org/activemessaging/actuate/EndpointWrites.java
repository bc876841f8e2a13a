package org.activemessaging.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.activemessaging.operations.ProcessorOperations;
import org.activemessaging.operations.ProcessorOperations.Change;
import org.activemessaging.operations.ProcessorOperations.Wanted;
import org.activemessaging.operations.UnknownNameException;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What can be changed under the endpoint.
 *
 * @since 0.1.0
 */
public final class EndpointWrites {

	private final ProcessorOperations processors;

	/**
	 * Creates the writable side.
	 * @param processors what changes processors
	 */
	public EndpointWrites(ProcessorOperations processors) {
		this.processors = processors;
	}

	WebEndpointResponse<?> change(String kind, String name, RequestParameters parameters, String by) {
		return switch (kind) {
			case "processors" -> new WebEndpointResponse<>(this.processors.change(name, change(parameters), by));
			case "processor-groups" -> new WebEndpointResponse<>(
					Map.of("processors", this.processors.changeGroup(name, change(parameters), by)));
			default -> throw new UnknownNameException(kind, List.of("processors", "processor-groups"));
		};
	}

	private static Change change(RequestParameters parameters) {
		parameters.allowing("state", "concurrency");
		Wanted state = parameters.read("state", EndpointWrites::wanted, "paused, running or stopped");
		return Change.of(state, parameters.text("concurrency"));
	}

	private static Wanted wanted(String text) {
		return Wanted.valueOf(text.toUpperCase(Locale.ROOT));
	}

	WebEndpointResponse<?> act(String kind, String name, String action, RequestParameters parameters, String by) {
		throw new UnknownNameException(action, List.of());
	}

}
