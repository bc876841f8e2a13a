package org.activemessaging.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.operations.MessageInspection;
import org.activemessaging.operations.QueueOperations;
import org.activemessaging.operations.UnknownNameException;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What can be read under the endpoint.
 *
 * @since 0.1.0
 */
public final class EndpointReads {

	private static final String OPERATIONS = "operations";

	private static final List<String> KINDS = List.of("brokers", "destinations", "processors", "processor-groups",
			OPERATIONS);

	private static final List<String> ASPECTS = List.of("messages", "dead-letters");

	private static final int MESSAGES = 50;

	private static final int DEAD_LETTERS = 500;

	private final Map<String, EndpointPart> parts = new LinkedHashMap<>();

	private final MessagingEndpoint endpoint;

	private final MessageInspection inspection;

	private final QueueOperations operations;

	/**
	 * Creates the readable side.
	 * @param endpoint what shows brokers, destinations and processors
	 * @param inspection what shows messages
	 * @param operations what shows operations on queues
	 * @param parts what else is there
	 */
	public EndpointReads(MessagingEndpoint endpoint, MessageInspection inspection, QueueOperations operations,
			List<EndpointPart> parts) {
		this.endpoint = endpoint;
		this.inspection = inspection;
		this.operations = operations;
		parts.forEach((part) -> this.parts.put(part.name(), part));
	}

	WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		EndpointPart part = this.parts.get(path.get(0));
		if (part != null) {
			return part.read(path.subList(1, path.size()), parameters);
		}
		if (path.get(0).equals(OPERATIONS)) {
			return operations(path.subList(1, path.size()));
		}
		Map<String, ?> items = this.endpoint.items(path.get(0));
		if (items == null) {
			List<String> known = new ArrayList<>(KINDS);
			known.addAll(this.parts.keySet());
			throw new UnknownNameException(path.get(0), known);
		}
		if (path.size() == 1) {
			return new WebEndpointResponse<>(items);
		}
		Object item = items.get(path.get(1));
		if (item == null) {
			throw new UnknownNameException(path.get(1), items.keySet());
		}
		if (path.size() == 2) {
			return new WebEndpointResponse<>(item);
		}
		if (!path.get(0).equals("destinations") || !ASPECTS.contains(path.get(2))) {
			throw new UnknownNameException(path.get(2), path.get(0).equals("destinations") ? ASPECTS : List.of());
		}
		return new WebEndpointResponse<>(messages(path.get(1), path.get(2), parameters));
	}

	private WebEndpointResponse<?> operations(List<String> path) {
		if (path.size() > 1) {
			throw new UnknownNameException(path.get(1), List.of());
		}
		return path.isEmpty() ? new WebEndpointResponse<>(this.operations.all())
				: new WebEndpointResponse<>(this.operations.get(path.get(0)));
	}

	private Object messages(String destination, String aspect, RequestParameters parameters) {
		String group = parameters.text("group");
		boolean payload = parameters.flag("payload");
		if (aspect.equals("messages")) {
			parameters.allowing("group", "limit", "payload");
			return this.inspection.messages(destination, group, parameters.count("limit", MESSAGES), payload);
		}
		parameters.allowing("group", "limit", "payload", "cause");
		return this.inspection.deadLetters(destination, group, parameters.count("limit", DEAD_LETTERS),
				parameters.text("cause"), payload);
	}

}
