package org.activemessaging.operations.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.activemessaging.NearestMatch;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.operations.UnknownNameException;
import org.activemessaging.operations.explain.Declarations.FilterScope;
import org.activemessaging.operations.explain.Explanation.ConsumedQueue;
import org.activemessaging.operations.explain.Explanation.FilterStep;
import org.activemessaging.operations.explain.Explanation.NotProcessor;
import org.activemessaging.operations.explain.Explanation.Step;
import org.activemessaging.operations.explain.Explanation.Subscriber;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Explains destinations from what was configured and found at start. Asks no broker.
 *
 * @since 0.1.0
 */
public final class Explainer {

	private final NamedDestinations destinations;

	private final ProcessorRegistry processors;

	private final ProcessorGroups groups;

	private final MessageFilters filters;

	private final DelayQueues delayQueues;

	private final Declarations declarations;

	private final ProcessorCandidates candidates;

	/**
	 * Creates what explains.
	 * @param destinations the destinations
	 * @param processors the processors
	 * @param groups the groups of processors, and those that run here
	 * @param filters the filters
	 * @param delayQueues the delay queues of the application
	 * @param declarations where all that was declared
	 * @param candidates what looks for processors that are none
	 */
	public Explainer(NamedDestinations destinations, ProcessorRegistry processors, ProcessorGroups groups,
			MessageFilters filters, DelayQueues delayQueues, Declarations declarations,
			ProcessorCandidates candidates) {
		this.destinations = destinations;
		this.processors = processors;
		this.groups = groups;
		this.filters = filters;
		this.delayQueues = delayQueues;
		this.declarations = declarations;
		this.candidates = candidates;
	}

	/**
	 * Explains all destinations.
	 * @return the explanations in the order of the configuration
	 */
	public List<Explanation> all() {
		return this.destinations.all().stream().map(this::explain).toList();
	}

	/**
	 * Explains a destination.
	 * @param name its logical name
	 * @return the explanation
	 * @throws UnknownNameException if no destination has that name; its message says what
	 * would happen to who uses it, and what may have been meant
	 */
	public Explanation explain(String name) {
		NamedDestination destination = this.destinations.all()
			.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.orElseThrow(() -> unknown(name));
		return explain(destination);
	}

	private Explanation explain(NamedDestination destination) {
		List<ProcessorDefinition> subscribed = this.processors.all()
			.stream()
			.filter((processor) -> processor.destination().equals(destination))
			.toList();
		List<ConsumedQueue> queues = new ArrayList<>(queues(destination, subscribed));
		List<Subscriber> subscribers = new ArrayList<>(subscribed.stream().map(this::subscriber).toList());
		for (ProcessorDefinition processor : this.processors.all()) {
			if (processor.destination().standsFor(destination)) {
				subscribers.add(subscriber(processor));
				addQueue(queues, processor);
			}
		}
		return new Explanation(destination.name(), steps(destination), queues, filters(Routing.outbound(destination)),
				subscribers, this.candidates.of(destination.name()));
	}

	private void addQueue(List<ConsumedQueue> queues, ProcessorDefinition processor) {
		ConsumedQueue queue = queue(processor.destination(), processor.group(),
				"destination '" + processor.destination().name() + "' stands for this one, as it is '"
						+ processor.destination().physicalName() + "'");
		if (queues.stream().noneMatch((other) -> other.name().equals(queue.name()))) {
			queues.add(queue);
		}
	}

	private UnknownNameException unknown(String name) {
		List<String> known = this.destinations.all().stream().map(NamedDestination::name).toList();
		StringBuilder text = new StringBuilder(
				"There is no destination '" + name + "'. A processor of it would be refused at start, and a publish to"
						+ " it when it is called, because nothing declares 'messaging.destination." + name + "'.");
		this.destinations.all()
			.stream()
			.filter((destination) -> destination.physicalName().equals(name)
					|| destination.publishAddress().name().equals(name))
			.forEach((destination) -> text
				.append(" It is the name that the destination '" + destination.name() + "' has on its broker."));
		for (NotProcessor candidate : this.candidates.of(name)) {
			text.append(" " + candidate.type() + " is no processor: " + candidate.because() + ".");
		}
		return new UnknownNameException(known, text + NearestMatch.describe(name, known));
	}

	private List<Step> steps(NamedDestination destination) {
		BrokerAdapter adapter = destination.broker().adapter();
		Address address = destination.publishAddress();
		List<Step> steps = new ArrayList<>();
		steps.add(new Step("broker", destination.broker().name(), this.declarations.broker(destination)));
		steps.add(new Step("type", destination.type().label(), this.declarations.physicalName(destination)));
		steps.add(new Step("address", address.toString(),
				(destination.type() == DestinationType.VIRTUAL_TOPIC)
						? "rule of the adapter '" + adapter.name() + "' for virtual topics"
						: this.declarations.physicalName(destination)));
		if (destination.hasWildcard()) {
			steps.add(new Step("stands for",
					"each " + destination.type().label() + " that matches '" + destination.physicalName() + "'",
					"'*' is one word, and '>' the rest; nothing can be published to it"));
		}
		if (!adapter.nameOnBroker(address).equals(address.name())) {
			steps.add(new Step("name on the broker", adapter.nameOnBroker(address),
					"the adapter '" + adapter.name() + "' writes names that its broker cannot hold"));
		}
		String messageGroup = this.declarations.messageGroup(destination);
		if (messageGroup != null) {
			steps.add(new Step("message group", messageGroup,
					"'messaging.destination." + destination.name() + ".message-group'"));
		}
		steps.add(new Step("delay queues",
				this.delayQueues.all().stream().map(Address::name).collect(Collectors.joining(", ")),
				"one for each step of delays, the same for all destinations on the broker"));
		return steps;
	}

	private List<ConsumedQueue> queues(NamedDestination destination, List<ProcessorDefinition> subscribed) {
		if (destination.type() != DestinationType.VIRTUAL_TOPIC) {
			return List.of(queue(destination, null, "messages are consumed from where they are published"));
		}
		Set<String> groupNames = new LinkedHashSet<>(destination.groups());
		subscribed.forEach((processor) -> groupNames.add(String.valueOf(processor.group())));
		return groupNames.stream().map((group) -> {
			List<String> ids = subscribed.stream()
				.filter((processor) -> group.equals(processor.group()))
				.map(ProcessorDefinition::id)
				.toList();
			return queue(destination, group,
					(destination.groups().contains(group) ? "'messaging.destination." + destination.name() + ".groups'"
							: "processors " + ids) + ", and the rule of the adapter '"
							+ destination.broker().adapter().name() + "' for groups");
		}).toList();
	}

	private ConsumedQueue queue(NamedDestination destination, @Nullable String group, String because) {
		Address source = destination.subscribeAddress(group);
		return new ConsumedQueue(source.name(), group, because, destination.deadLetterAddress(source).name(),
				this.declarations.deadLetters(destination, source));
	}

	private Subscriber subscriber(ProcessorDefinition processor) {
		String id = processor.id();
		boolean here = this.groups.runs(id);
		String group = this.groups.groupOf(id);
		String member = (group != null) ? "it is in the processor group '" + group + "'"
				: "it is in no processor group";
		String because = this.groups.run().isEmpty() ? "'messaging.run.groups' is empty, so all processors run"
				: "'messaging.run.groups' is " + this.groups.run() + ", and " + member;
		Step subscription = this.declarations.subscription(processor);
		return new Subscriber(id, processor.method().describe(), processor.group(),
				(processor.group() != null) ? this.declarations.group(processor) : null,
				(subscription != null) ? subscription.value() : null,
				(subscription != null) ? subscription.because() : null, here, because,
				filters(Routing.inbound(processor.destination(), id, processor.group())));
	}

	private List<FilterStep> filters(Routing routing) {
		return this.filters.around(routing.direction())
			.stream()
			.map((filter) -> new FilterStep(filter.name(), filter.concerns(routing), because(filter, routing)))
			.toList();
	}

	private String because(ScopedFilter filter, Routing routing) {
		if (!filter.directions().contains(routing.direction())) {
			return by(filter, FilterScope.DIRECTION) + " asks for another direction";
		}
		String destination = routing.destination().name();
		if (filter.except().contains(destination)) {
			return by(filter, FilterScope.EXCEPT) + " excepts the destination";
		}
		if (filter.only().isEmpty()) {
			return "it is for all destinations" + (filter.except().isEmpty() ? ""
					: " but " + filter.except() + ", says " + by(filter, FilterScope.EXCEPT));
		}
		return by(filter, FilterScope.ONLY) + " asks for the destinations " + filter.only() + " only";
	}

	private String by(ScopedFilter filter, FilterScope scope) {
		return this.declarations.filterScope(filter, scope);
	}

}
