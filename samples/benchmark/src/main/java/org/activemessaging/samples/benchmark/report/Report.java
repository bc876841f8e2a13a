package org.activemessaging.samples.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that was measured.
 */
public final class Report {

	private final Map<String, Section> sections = new LinkedHashMap<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * Adds a section.
	 * @param section the section
	 * @return the same section
	 */
	public Section add(Section section) {
		this.sections.put(section.id(), section);
		return section;
	}

	/**
	 * Adds a sentence, for example on what was skipped.
	 * @param note the sentence
	 */
	public void note(String note) {
		this.notes.add(note);
	}

	/**
	 * Returns a section.
	 * @param id its name
	 * @return the section, without values if it was not measured
	 */
	public Section section(String id) {
		return this.sections.getOrDefault(id, new Section(id, id, "", List.of()));
	}

	/**
	 * Writes all as tables.
	 * @return Markdown
	 */
	public String markdown() {
		String tables = this.sections.values().stream().map(Section::table).collect(Collectors.joining());
		return tables + Targets.table(this)
				+ this.notes.stream().map((note) -> "* " + note + "\n").collect(Collectors.joining());
	}

	/**
	 * Writes each single value, and the tables and the chart.
	 * @param directory where to
	 */
	public void write(Path directory) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("report.md"), markdown());
			Files.writeString(directory.resolve("values.csv"), values());
			Files.writeString(directory.resolve("chart.svg"), new Chart(this).svg());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String values() {
		StringBuilder lines = new StringBuilder("measure;unit;candidate;round;value\n");
		for (Section section : this.sections.values()) {
			for (Series series : section.all()) {
				for (int i = 0; i < series.values().size(); i++) {
					lines.append(String.join(";", section.title(), section.unit(), series.label(),
							String.valueOf(i + 1), String.valueOf(series.values().get(i))))
						.append('\n');
				}
			}
		}
		return lines.toString();
	}

}
