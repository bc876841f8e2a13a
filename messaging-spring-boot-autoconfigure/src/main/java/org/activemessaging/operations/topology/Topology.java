package org.activemessaging.operations.topology;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.topology.TopologyView.Edge;
import org.activemessaging.operations.topology.TopologyView.Node;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Draws the graph of what is configured, with the numbers of now. Who publishes elsewhere
 * is not known to anybody; that this application does, when it has. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class Topology {

	private final String application;

	private final String version;

	private final NamedDestinations destinations;

	private final ProcessorRegistry processors;

	private final ProcessorGroups groups;

	private final ProcessorContainers containers;

	private final MessagingOperations operations;

	private final PublishedDestinations published;

	/**
	 * Creates a topology.
	 * @param application the name of the application
	 * @param version the version of the application
	 * @param destinations the destinations
	 * @param processors the processors, also those that do not run here
	 * @param groups the groups of processors
	 * @param containers the processors that run here
	 * @param operations what samples
	 * @param published where the application has published to
	 */
	public Topology(String application, String version, NamedDestinations destinations, ProcessorRegistry processors,
			ProcessorGroups groups, ProcessorContainers containers, MessagingOperations operations,
			PublishedDestinations published) {
		this.application = application;
		this.version = version;
		this.destinations = destinations;
		this.processors = processors;
		this.groups = groups;
		this.containers = containers;
		this.operations = operations;
		this.published = published;
	}

	/**
	 * Draws the graph.
	 * @return the graph as it is now
	 */
	public TopologyView view() {
		Graph graph = new Graph();
		List<ProcessorDefinition> all = this.processors.all();
		for (NamedDestination destination : this.destinations.all()) {
			List<ProcessorDefinition> readers = all.stream()
				.filter((processor) -> processor.destination().name().equals(destination.name()))
				.toList();
			add(destination, readers, graph);
		}
		addMatches(graph);
		List<Node> nodes = graph.nodes();
		return new TopologyView(nodes, graph.edges(), Mermaid.draw(nodes, graph.edges()));
	}

	private void add(NamedDestination destination, List<ProcessorDefinition> readers, Graph graph) {
		String node = "destination:" + destination.name();
		Map<String, @Nullable Object> detail = new LinkedHashMap<>();
		detail.put("broker", destination.broker().name());
		detail.put("type", destination.type().label());
		detail.put("address", destination.publishAddress().name());
		if (destination.type() == DestinationType.QUEUE) {
			detail.put("depth", depth(destination, destination.publishAddress()));
		}
		graph.add(new Node(node, "destination", destination.name(), detail));
		addPublisher(destination, node, !readers.isEmpty(), graph);
		if (destination.type() != DestinationType.VIRTUAL_TOPIC) {
			readers.forEach((reader) -> add(reader, node, graph));
			return;
		}
		Set<String> groups = this.processors.groupsOf(destination);
		for (String group : groups) {
			Address address = destination.subscribeAddress(group);
			String queue = "queue:" + destination.broker().name() + ":" + address.name();
			Map<String, @Nullable Object> queueDetail = new LinkedHashMap<>();
			queueDetail.put("group", group);
			queueDetail.put("address", address.name());
			queueDetail.put("destination", destination.name());
			queueDetail.put("depth", depth(destination, address));
			graph.add(new Node(queue, "queue", group, queueDetail));
			graph.add(new Edge(node, queue, "routes"));
			readers.stream()
				.filter((reader) -> Objects.equals(reader.group(), group))
				.forEach((reader) -> add(reader, queue, graph));
		}
	}

	// What is published to one place is also for the destinations whose pattern it
	// matches.
	private void addMatches(Graph graph) {
		for (NamedDestination pattern : this.destinations.all()) {
			this.destinations.all()
				.stream()
				.filter(pattern::standsFor)
				.forEach((destination) -> graph
					.add(new Edge("destination:" + destination.name(), "destination:" + pattern.name(), "routes")));
		}
	}

	private void addPublisher(NamedDestination destination, String node, boolean consumed, Graph graph) {
		long count = this.published.count(destination.name());
		if (count > 0) {
			String publisher = "publisher:" + this.application;
			graph.add(new Node(publisher, "publisher", this.application, Map.of("here", true)));
			graph.add(new Edge(publisher, node, "publishes"));
		}
		else if (consumed) {
			graph.add(new Node("publisher:", "publisher", "others", Map.of("here", false)));
			graph.add(new Edge("publisher:", node, "publishes"));
		}
	}

	private void add(ProcessorDefinition processor, String from, Graph graph) {
		String node = "processor:" + processor.id();
		ProcessorReport report = this.containers.report(processor.id());
		Map<String, @Nullable Object> detail = new LinkedHashMap<>();
		detail.put("processorGroup", this.groups.groupOf(processor.id()));
		detail.put("state", (report != null) ? report.state().name() : null);
		detail.put("here", report != null);
		graph.add(new Node(node, "processor", processor.id(), detail));
		graph.add(new Edge(from, node, "consumes"));
		NamedDestination destination = processor.destination();
		Address deadLetters = destination.deadLetterAddress(destination.subscribeAddress(processor.group()));
		String last = "dead-letters:" + destination.broker().name() + ":" + deadLetters.name();
		Map<String, @Nullable Object> lastDetail = new LinkedHashMap<>();
		lastDetail.put("destination", destination.name());
		lastDetail.put("group", processor.group());
		lastDetail.put("depth", depth(destination, deadLetters));
		graph.add(new Node(last, "dead-letters", deadLetters.name(), lastDetail));
		graph.add(new Edge(node, last, "gives-up"));
	}

	private @Nullable Long depth(NamedDestination destination, Address queue) {
		QueueSample sample = this.operations.sample(destination.broker().name(), queue.name());
		return (sample != null) ? sample.depth() : null;
	}

	/**
	 * Describes the same to tools, as an AsyncAPI 3 document.
	 * @return the document, to be written as JSON
	 */
	public Map<String, Object> asyncApi() {
		Set<String> sent = this.destinations.all()
			.stream()
			.map(NamedDestination::name)
			.filter((name) -> this.published.count(name) > 0)
			.collect(Collectors.toSet());
		return AsyncApi.document(this.application, this.version, this.destinations.all(), this.processors.all(), sent);
	}

	/**
	 * A graph in the making, in which each thing is once.
	 */
	private static final class Graph {

		private final Map<String, Node> nodes = new LinkedHashMap<>();

		private final Map<Edge, Edge> edges = new LinkedHashMap<>();

		void add(Node node) {
			this.nodes.putIfAbsent(node.id(), node);
		}

		void add(Edge edge) {
			this.edges.putIfAbsent(edge, edge);
		}

		List<Node> nodes() {
			return List.copyOf(this.nodes.values());
		}

		List<Edge> edges() {
			return List.copyOf(this.edges.values());
		}

	}

}
