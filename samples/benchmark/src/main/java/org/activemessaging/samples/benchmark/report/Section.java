package org.activemessaging.samples.benchmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One measure of several candidates.
 */
public final class Section {

	private final Map<String, Series> series = new LinkedHashMap<>();

	private final String id;

	private final String title;

	private final String unit;

	private final List<String> peers;

	/**
	 * Creates a section without values.
	 * @param id its name in targets and charts
	 * @param title what is measured
	 * @param unit in which unit
	 * @param peers the ids of the candidates that all are compared with
	 */
	public Section(String id, String title, String unit, List<String> peers) {
		this.id = id;
		this.title = title;
		this.unit = unit;
		this.peers = List.copyOf(peers);
	}

	/**
	 * Adds a value.
	 * @param candidate the id of a candidate
	 * @param label what people call it
	 * @param value its value in the next round
	 */
	public void add(String candidate, String label, double value) {
		this.series.computeIfAbsent(candidate, (key) -> new Series(label)).add(value);
	}

	/**
	 * Returns the values of a candidate.
	 * @param candidate its id
	 * @return the values, none if it was not measured
	 */
	public Series series(String candidate) {
		return this.series.getOrDefault(candidate, new Series(candidate));
	}

	String id() {
		return this.id;
	}

	String title() {
		return this.title;
	}

	String unit() {
		return this.unit;
	}

	List<Series> all() {
		return List.copyOf(this.series.values());
	}

	List<Series> peers() {
		return this.peers.stream().filter(this.series::containsKey).map(this::series).toList();
	}

	/**
	 * Writes the section as a table.
	 * @return Markdown
	 */
	public String table() {
		StringBuilder table = new StringBuilder("### " + this.title + " (" + this.unit + ")\n\n");
		table.append("| | median | min | max |");
		peers().forEach((peer) -> table.append(" × ").append(peer.label()).append(" |"));
		table.append("\n|---|---:|---:|---:|").append("---:|".repeat(peers().size())).append('\n');
		for (Series row : all()) {
			table.append("| ").append(row.label());
			for (double value : new double[] { row.median(), row.min(), row.max() }) {
				table.append(" | ").append(Numbers.format(value));
			}
			for (Series peer : peers()) {
				table.append(" | ").append((row == peer) ? "" : Numbers.range(row.ratioTo(peer)));
			}
			table.append(" |\n");
		}
		return table.append('\n').toString();
	}

}
