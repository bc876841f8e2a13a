package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.operations.OperationRequest.From;
import org.jspecify.annotations.Nullable;

/**
 * What an operation will do, decided before it does anything.
 *
 * @param from the queue to take messages from
 * @param to where they go, or {@code null} if they are destroyed
 * @param selector the condition by which the broker chooses, or {@code null} if we do
 * @param support how it is done
 */
record OperationPlan(Address from, @Nullable Address to, @Nullable String selector, Support support) {

	private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

	static final String TRASH = "TRASH.";

	static OperationPlan of(OperationRequest request, QueueRef queue, @Nullable NamedDestination target) {
		Address from = switch (request.from()) {
			case QUEUE -> queue.source();
			case DEAD_LETTERS -> queue.deadLetters();
			case TRASH -> trash(queue.source());
		};
		Address to = switch (request.kind()) {
			case PURGE, DISCARD -> request.destroy() ? null : trash(from);
			case REDRIVE -> queue.source();
			case MOVE -> (target != null) ? target.publishAddress() : null;
			case UNDO -> throw new IllegalArgumentException("An undo is planned by what it takes back");
		};
		Support impossible = impossible(queue, target, from, to);
		if (impossible != null) {
			return new OperationPlan(from, to, null, impossible);
		}
		Support move = queue.broker()
			.adapter()
			.capabilities(queue.broker().profile())
			.getOrDefault(Capability.ATOMIC_MOVE, Support.no("not known"));
		String how = "received and " + ((to != null) ? "sent on" : "acknowledged") + " in transactions of 100"
				+ ((move.level() == Support.Level.NATIVE) ? ""
						: "; a crash may leave some in both places: " + move.how());
		if (request.from() != From.QUEUE) {
			return new OperationPlan(from, to, null, Support
				.emulated(how + (request.selection().isAll() ? "" : "; the others go to the end of the queue")));
		}
		return request.selection().isAll() ? new OperationPlan(from, to, null, Support.emulated(how))
				: selected(request.selection(), queue, from, to, how);
	}

	// Messages that processors wait for must not change their order.
	private static OperationPlan selected(MessageSelection selection, QueueRef queue, Address from,
			@Nullable Address to, String how) {
		Support selectors = queue.broker()
			.adapter()
			.capabilities(queue.broker().profile())
			.getOrDefault(Capability.SELECTORS, Support.no("not known"));
		if (!selectors.available()) {
			return new OperationPlan(from, to, null, Support.no("a choice among messages that processors wait for needs"
					+ " selectors, and there are none: " + selectors.how()));
		}
		return new OperationPlan(from, to, selector(selection, Instant.now()), Support.emulated(
				how + "; chosen by a selector, for which some brokers look at the first messages of a queue only"));
	}

	private static @Nullable Support impossible(QueueRef queue, @Nullable NamedDestination target, Address from,
			@Nullable Address to) {
		if (target != null && target.broker() != queue.broker()) {
			return Support.no("destination '" + target.name()
					+ "' is on another broker, and no transaction spans two: a crash could lose messages");
		}
		if (target != null && target.type() == DestinationType.TOPIC) {
			return Support.no("destination '" + target.name() + "' is a topic, which keeps nothing");
		}
		return from.equals(to) ? Support.no("the messages are there already") : null;
	}

	static Address trash(Address queue) {
		return Address.queue(TRASH + queue.name());
	}

	static String selector(MessageSelection selection, Instant now) {
		List<String> conditions = new ArrayList<>();
		if (selection.id() != null) {
			conditions.add("(" + MessagingHeaders.ID + " = " + quoted(selection.id()) + " OR JMSMessageID = "
					+ quoted(selection.id()) + ")");
		}
		if (selection.cause() != null) {
			conditions.add(MessagingHeaders.CAUSE + " = " + quoted(selection.cause()));
		}
		for (Map.Entry<String, String> header : selection.headers().entrySet()) {
			conditions.add(condition(header.getKey(), header.getValue()));
		}
		if (selection.olderThan() != null) {
			conditions.add("JMSTimestamp <= " + before(now, selection.olderThan()));
		}
		if (selection.youngerThan() != null) {
			conditions.add("JMSTimestamp >= " + before(now, selection.youngerThan()));
		}
		return String.join(" AND ", conditions);
	}

	private static String condition(String name, String value) {
		if (!IDENTIFIER.matcher(name).matches()) {
			throw new IllegalArgumentException("'" + name + "' cannot be the name of a header");
		}
		String text = name + " = " + quoted(value);
		if (value.matches("-?\\d{1,18}(\\.\\d{1,9})?")) {
			return "(" + text + " OR " + name + " = " + value + ")";
		}
		return value.matches("true|false") ? "(" + text + " OR " + name + " = " + value.toUpperCase(Locale.ROOT) + ")"
				: text;
	}

	private static String quoted(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	private static long before(Instant now, Duration age) {
		return now.minus(age).toEpochMilli();
	}

}
