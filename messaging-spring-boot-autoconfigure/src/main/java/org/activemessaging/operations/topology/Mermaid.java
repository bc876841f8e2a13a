package org.activemessaging.operations.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.operations.topology.TopologyView.Edge;
import org.activemessaging.operations.topology.TopologyView.Node;

/**
 * Writes a graph as a Mermaid flow chart.
 */
final class Mermaid {

	private Mermaid() {
	}

	static String draw(List<Node> nodes, List<Edge> edges) {
		StringBuilder chart = new StringBuilder("flowchart LR\n");
		Map<String, String> names = new HashMap<>();
		for (Node node : nodes) {
			String name = "n" + names.size();
			names.put(node.id(), name);
			chart.append("  ").append(name).append(shape(node)).append('\n');
		}
		for (Edge edge : edges) {
			chart.append("  ")
				.append(names.get(edge.from()))
				.append(edge.kind().equals("gives-up") ? " -.-> " : " --> ")
				.append(names.get(edge.to()))
				.append('\n');
		}
		return chart.toString();
	}

	private static String shape(Node node) {
		String label = '"' + escape(node.label()) + '"';
		return switch (node.kind()) {
			case "publisher" -> "([" + label + "])";
			case "queue" -> "[(" + label + ")]";
			case "processor" -> "{{" + label + "}}";
			case "dead-letters" -> "[/" + label + "/]";
			default -> "[" + label + "]";
		};
	}

	private static String escape(String label) {
		return label.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;").replace(">", "#gt;");
	}

}
