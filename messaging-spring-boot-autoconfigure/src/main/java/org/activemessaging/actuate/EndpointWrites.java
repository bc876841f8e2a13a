package org.activemessaging.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.activemessaging.operations.MessageSelection;
import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.OperationRequest.From;
import org.activemessaging.operations.OperationRequest.Kind;
import org.activemessaging.operations.OperationRequest.Redrive;
import org.activemessaging.operations.ProcessorOperations;
import org.activemessaging.operations.ProcessorOperations.Change;
import org.activemessaging.operations.ProcessorOperations.Wanted;
import org.activemessaging.operations.QueueOperations;
import org.activemessaging.operations.UnknownNameException;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What can be changed under the endpoint.
 *
 * @since 0.1.0
 */
public final class EndpointWrites {

	private static final Set<String> ACTIONS = Set.of("purge", "redrive", "move", "discard");

	private static final String[] SELECTION = { "group", "dryRun", "limit", "id", "cause", "header", "olderThan",
			"youngerThan" };

	private final ProcessorOperations processors;

	private final QueueOperations queues;

	private final Redrive defaults;

	/**
	 * Creates the writable side.
	 * @param processors what changes processors
	 * @param queues what works on the messages of queues
	 * @param defaults how dead letters are sent back unless a request says otherwise
	 */
	public EndpointWrites(ProcessorOperations processors, QueueOperations queues, Redrive defaults) {
		this.processors = processors;
		this.queues = queues;
		this.defaults = defaults;
	}

	WebEndpointResponse<?> change(String kind, String name, RequestParameters parameters, String by) {
		return new WebEndpointResponse<>(switch (kind) {
			case "processors" -> this.processors.change(name, change(parameters), by);
			case "processor-groups" -> Map.of("processors", this.processors.changeGroup(name, change(parameters), by));
			case "operations" -> cancel(name, parameters, by);
			default -> throw new UnknownNameException(kind, List.of("processors", "processor-groups", "operations"));
		});
	}

	private static Change change(RequestParameters parameters) {
		parameters.allowing("state", "concurrency");
		return Change.of(parameters.read("state", (text) -> Wanted.valueOf(upper(text)), "paused, running or stopped"),
				parameters.text("concurrency"));
	}

	private Object cancel(String id, RequestParameters parameters, String by) {
		if (!parameters.allowing("state").required("state").equals("cancelled")) {
			throw new IllegalArgumentException("'state' of an operation can only be changed to 'cancelled'");
		}
		return this.queues.cancel(id, by);
	}

	WebEndpointResponse<?> act(String kind, String name, String action, RequestParameters parameters, String by) {
		if (kind.equals("operations") && action.equals("undo")) {
			parameters.allowing("dryRun");
			return new WebEndpointResponse<>(this.queues.undo(name, parameters.flag("dryRun"), by));
		}
		if (!kind.equals("destinations") || !ACTIONS.contains(action)) {
			throw new UnknownNameException(action, kind.equals("destinations") ? ACTIONS : List.of("undo"));
		}
		return new WebEndpointResponse<>(
				this.queues.submit(request(Kind.valueOf(upper(action)), name, parameters, by)));
	}

	private OperationRequest request(Kind kind, String destination, RequestParameters parameters, String by) {
		parameters.allowing(SELECTION, switch (kind) {
			case PURGE, DISCARD -> new String[] { "destroy" };
			case REDRIVE -> new String[] { "stages", "rate", "maxFailureRatio" };
			case MOVE, UNDO -> new String[] { "to", "from" };
		});
		From from = switch (kind) {
			case PURGE -> From.QUEUE;
			case REDRIVE, DISCARD -> From.DEAD_LETTERS;
			case MOVE, UNDO -> from(parameters);
		};
		return new OperationRequest(kind, destination, parameters.text("group"), from,
				(kind == Kind.MOVE) ? parameters.required("to") : null, selection(parameters),
				parameters.count("limit", Integer.MAX_VALUE), parameters.flag("dryRun"), parameters.flag("destroy"),
				(kind == Kind.REDRIVE) ? redrive(parameters) : null, by);
	}

	private static From from(RequestParameters parameters) {
		From from = parameters.read("from", (text) -> From.valueOf(upper(text).replace('-', '_')),
				"queue, dead-letters or trash");
		return (from != null) ? from : From.QUEUE;
	}

	private static MessageSelection selection(RequestParameters parameters) {
		Map<String, String> headers = new LinkedHashMap<>();
		String text = parameters.text("header");
		if (text != null) {
			for (String header : text.split(",")) {
				int equals = header.indexOf('=');
				if (equals < 1) {
					throw new IllegalArgumentException(
							"'header' is '" + text + "', but name=value, or a=1,b=2, is allowed");
				}
				headers.put(header.substring(0, equals).strip(), header.substring(equals + 1).strip());
			}
		}
		return new MessageSelection(parameters.text("id"), parameters.text("cause"), headers,
				parameters.duration("olderThan"), parameters.duration("youngerThan"));
	}

	private Redrive redrive(RequestParameters parameters) {
		List<Integer> stages = parameters.counts("stages");
		Double rate = parameters.read("rate", EndpointWrites::perSecond, "a rate such as 50/s");
		Double ratio = parameters.read("maxFailureRatio", Double::valueOf, "a number from 0 to 1");
		return new Redrive((stages != null) ? stages : this.defaults.stages(),
				(rate != null) ? rate : this.defaults.ratePerSecond(),
				(ratio != null) ? ratio : this.defaults.maxFailureRatio());
	}

	private static double perSecond(String text) {
		String number = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
		double rate = Double.parseDouble(number.strip());
		if (!(rate > 0 && rate < Integer.MAX_VALUE)) {
			throw new NumberFormatException(text);
		}
		return rate;
	}

	private static String upper(String text) {
		return text.toUpperCase(Locale.ROOT);
	}

}
