package org.activemessaging.samples.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param rounds how many rounds are measured
 * @param messages how many messages a fast candidate handles in a round; a slow one
 * handles fewer
 * @param warmUp whether there is a round before them that is not measured
 * @param only the names of the comparisons to run
 * @param directory where the brokers' journals and the results are
 */
public record Options(int rounds, int messages, boolean warmUp, List<String> only, Path directory) {

	private static final String USAGE = "Options: --rounds=5 --messages=60000 --only=consume,publish,… --directory=… --quick";

	/**
	 * Reads the options.
	 * @param arguments the arguments of the command line
	 * @param known the names of all comparisons
	 * @return the options
	 */
	static Options parse(String[] arguments, List<String> known) {
		Map<String, String> values = new LinkedHashMap<>();
		Arrays.stream(arguments)
			.map((argument) -> argument.split("=", 2))
			.forEach((parts) -> values.put(parts[0], (parts.length > 1) ? parts[1] : ""));
		boolean quick = values.remove("--quick") != null;
		int rounds = number(values.remove("--rounds"), quick ? 1 : 5);
		int messages = number(values.remove("--messages"), quick ? 3000 : 60000);
		String only = values.remove("--only");
		List<String> names = (only != null) ? List.of(only.split(",")) : known;
		String directory = values.remove("--directory");
		if (!values.isEmpty() || !known.containsAll(names) || rounds < 1 || messages < 500) {
			throw new IllegalArgumentException(
					USAGE + "\nComparisons: " + String.join(", ", known) + "\nAt least 1 round and 500 messages");
		}
		return new Options(rounds, messages, !quick, names,
				Path.of((directory != null) ? directory : "target/benchmark").toAbsolutePath());
	}

	private static int number(String value, int fallback) {
		return (value != null) ? Integer.parseInt(value) : fallback;
	}

}
