package org.activemessaging.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;

/**
 * Writes what the suite found, {@code contract-report.md}: each broker adds its part, and
 * the page is made of all parts that there are.
 */
final class ContractReport {

	private static final String TEST = "test.";

	private static final String KILLS = "kills.";

	private final Path target;

	ContractReport(Path target) {
		this.target = target;
	}

	void write(String key, String title, Duration time, List<Line> lines, List<Kills> kills,
			Map<Capability, Support> supports, Map<Capability, Boolean> observed) {
		Properties part = new Properties();
		part.setProperty("title", title);
		part.setProperty("seconds", String.valueOf(time.toSeconds()));
		for (Line line : lines) {
			part.setProperty(TEST + line.test(), line.result() + "|" + line.note());
		}
		for (Kills kill : kills) {
			part.setProperty(KILLS + kill.killed(),
					"%d | %d | 0 | %d".formatted(kill.kills(), kill.messages(), kill.repeated()));
		}
		supports.forEach((capability, support) -> part.setProperty("capability." + capability.label(),
				support.level().label() + ": " + support.how() + "|" + observed(observed.get(capability), support)));
		try {
			Path parts = Files.createDirectories(this.target.resolve("contract"));
			Path draft = parts.resolve(key + ".draft");
			try (var output = Files.newOutputStream(draft)) {
				part.store(output, null);
			}
			Files.move(draft, parts.resolve(key + ".properties"), StandardCopyOption.REPLACE_EXISTING);
			Path page = this.target.resolve("contract-report." + key + ".draft");
			Files.writeString(page, page(parts));
			Files.move(page, this.target.resolve("contract-report.md"), StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String observed(Boolean works, Support support) {
		if (works == null) {
			return "not looked at";
		}
		return (works == support.available()) ? "as observed" : works ? "but it works" : "but it fails";
	}

	private static String page(Path parts) throws IOException {
		Map<String, Properties> all = new TreeMap<>();
		try (Stream<Path> files = Files.list(parts)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".properties")).toList()) {
				Properties part = new Properties();
				try (var input = Files.newInputStream(file)) {
					part.load(input);
				}
				all.put(part.getProperty("title"), part);
			}
		}
		StringBuilder page = new StringBuilder("# The contract of every broker\n\n");
		counts(page, all);
		kills(page, all);
		tests(page, all);
		capabilities(page, all);
		return page.toString();
	}

	private static void counts(StringBuilder page, Map<String, Properties> all) {
		page.append("| broker | tests | run | passed | failed | not applicable by declaration | wall time |\n");
		page.append("|---|---|---|---|---|---|---|\n");
		all.forEach((title, part) -> {
			Map<Result, Integer> counts = new LinkedHashMap<>();
			part.forEach((name, value) -> {
				if (name.toString().startsWith(TEST)) {
					counts.merge(result(value.toString()), 1, Integer::sum);
				}
			});
			int passed = counts.getOrDefault(Result.PASSED, 0);
			int failed = counts.getOrDefault(Result.FAILED, 0);
			int other = counts.getOrDefault(Result.NOT_APPLICABLE, 0);
			page.append("| %s | %d | %d | %d | %d | %d | %s s |%n".formatted(title, passed + failed + other,
					passed + failed, passed, failed, other, part.getProperty("seconds")));
		});
	}

	private static void kills(StringBuilder page, Map<String, Properties> all) {
		page.append("\n| broker | killed | kills | messages | lost | repeated |\n|---|---|---|---|---|---|\n");
		all.forEach((title, part) -> new TreeSet<>(part.stringPropertyNames()).stream()
			.filter((name) -> name.startsWith(KILLS))
			.forEach((name) -> page.append(
					"| %s | %s | %s |%n".formatted(title, name.substring(KILLS.length()), part.getProperty(name)))));
	}

	private static void tests(StringBuilder page, Map<String, Properties> all) {
		TreeSet<String> names = new TreeSet<>();
		all.values()
			.forEach((part) -> part.stringPropertyNames()
				.stream()
				.filter((name) -> name.startsWith(TEST))
				.forEach(names::add));
		page.append("\n| test | ").append(String.join(" | ", all.keySet())).append(" |\n|---|");
		page.append("---|".repeat(all.size())).append('\n');
		List<String> reasons = new ArrayList<>();
		for (String name : names) {
			page.append("| ").append(cell(name.substring(TEST.length()))).append(" |");
			for (Properties part : all.values()) {
				String value = part.getProperty(name, "|");
				page.append(' ').append(shown(value, reasons)).append(" |");
			}
			page.append('\n');
		}
		for (int i = 0; i < reasons.size(); i++) {
			page.append("\n%d. %s%n".formatted(i + 1, reasons.get(i)));
		}
	}

	private static String shown(String value, List<String> reasons) {
		String note = value.substring(value.indexOf('|') + 1);
		if (value.startsWith("|")) {
			return "";
		}
		if (result(value) != Result.NOT_APPLICABLE) {
			return result(value).name().toLowerCase() + note;
		}
		if (!reasons.contains(note)) {
			reasons.add(note);
		}
		return "n/a (" + (reasons.indexOf(note) + 1) + ")";
	}

	private static void capabilities(StringBuilder page, Map<String, Properties> all) {
		page.append("\n| capability | ").append(String.join(" | ", all.keySet())).append(" |\n|---|");
		page.append("---|".repeat(all.size())).append('\n');
		for (Capability capability : Capability.values()) {
			page.append("| ").append(capability.label()).append(" |");
			for (Properties part : all.values()) {
				String value = part.getProperty("capability." + capability.label(), "|");
				page.append(' ').append(cell(value.replace("|", ", "))).append(" |");
			}
			page.append('\n');
		}
	}

	private static String cell(String text) {
		return text.replace("|", "\\|").replaceAll("\\s+", " ");
	}

	private static Result result(String value) {
		return Result.valueOf(value.substring(0, value.indexOf('|')));
	}

	/**
	 * What became of a test.
	 */
	enum Result {

		/**
		 * It was run and found nothing wrong.
		 */
		PASSED,

		/**
		 * It was run and found something wrong.
		 */
		FAILED,

		/**
		 * There was nothing to run.
		 */
		NOT_APPLICABLE

	}

	/**
	 * What became of messages under kills: nothing is lost, else the test has failed.
	 *
	 * @param killed what was killed
	 * @param kills how often
	 * @param messages how many messages were published
	 * @param repeated how many of them were processed more than once
	 */
	record Kills(String killed, int kills, int messages, int repeated) {
	}

	/**
	 * A test and what became of it.
	 *
	 * @param test its name
	 * @param result what became of it
	 * @param note why it does not apply, or how long it took if that was long
	 */
	record Line(String test, Result result, String note) {
	}

}
