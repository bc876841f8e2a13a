package org.activemessaging.operations.topology;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The graph from publishers through destinations and queues to processors and dead
 * letters.
 *
 * @param nodes the nodes
 * @param edges the edges, in the direction of messages
 * @param mermaid the same as a Mermaid flow chart
 * @since 0.1.0
 */
public record TopologyView(List<Node> nodes, List<Edge> edges, String mermaid) {

	/**
	 * A node.
	 *
	 * @param id its id, unique in the graph
	 * @param kind {@code publisher}, {@code destination}, {@code queue},
	 * {@code processor} or {@code dead-letters}
	 * @param label its name
	 * @param detail what else is known
	 */
	public record Node(String id, String kind, String label, Map<String, @Nullable Object> detail) {
	}

	/**
	 * An edge.
	 *
	 * @param from the id of a node
	 * @param to the id of a node
	 * @param kind {@code publishes}, {@code routes}, {@code consumes} or {@code gives-up}
	 */
	public record Edge(String from, String to, String kind) {
	}

}
