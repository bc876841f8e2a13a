package org.activemessaging.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a message which names a property names one that there is. What counts is a
 * name in single quotes inside a string, such as
 * {@code "Set 'messaging.broker." + name + ".url'"}, and in {@code autoconfigure} also a
 * string that is nothing but a name.
 */
class PropertyNamesInMessagesTests {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern QUOTED = Pattern.compile("'(messaging\\.[^'\\s=:]+)");

	private static final Pattern WHOLE = Pattern.compile("^(messaging(?:\\.[a-z0-9*<>%-]+)+)$");

	private static final Pattern OPEN = Pattern.compile(".*(<[^>]*>|%s|\\{\\d*}|\\*|\\.\\.\\.).*");

	@ParameterizedTest
	@MethodSource("sources")
	void everyPropertyInAMessageIsDeclared(Path source) throws IOException {
		DeclaredProperties properties = DeclaredProperties.read();
		assertThat(namesIn(source)).as("unknown properties in %s", source)
			.filteredOn((name) -> !properties.contains(name))
			.isEmpty();
	}

	@Test
	void whatIsToBeCorrectedIsNamed() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			assertThat(files.filter((file) -> file.toString().endsWith(".java")).toList())
				.allSatisfy((file) -> assertThat(StringLiterals.in(Files.readString(file))).as("texts in %s", file)
					.noneMatch((text) -> text.matches("(?:Correct|Set|Add) (?:it|its value)\\b.*")));
		}
	}

	@ParameterizedTest
	@CsvSource({ "messaging.broker.<name>.url, messaging.broker.*.url", "messaging.broker.%s, messaging.broker.*",
			"messaging.broker.a<>.url, messaging.broker.*.url", "messaging.broker[0], messaging.broker",
			"messaging.default-broker., messaging.default-broker" })
	void keyThatIsLeftOpenBecomesAnAsterisk(String name, String expected) {
		assertThat(normalize(name)).isEqualTo(expected);
	}

	@Test
	void quotedNamesAreFound() {
		assertThat(names("Set 'messaging.broker.<>.url' or 'messaging.default-broker=x'; 'messaging' is free", false))
			.containsExactly("messaging.broker.*.url", "messaging.default-broker");
	}

	static Stream<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java") && !namesIn(file).isEmpty())
				.toList()
				.stream();
		}
	}

	private static List<String> namesIn(Path source) {
		boolean whole = source.getParent().endsWith("autoconfigure");
		try {
			return StringLiterals.in(Files.readString(source))
				.stream()
				.flatMap((literal) -> names(literal, whole))
				.distinct()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> names(String literal, boolean whole) {
		return Stream.of(QUOTED, WHOLE)
			.filter((pattern) -> whole || pattern == QUOTED)
			.flatMap((pattern) -> pattern.matcher(literal).results())
			.map((MatchResult result) -> normalize(result.group(1)));
	}

	static String normalize(String name) {
		return Arrays.stream(name.replaceAll("\\[\\d*]", "").split("\\."))
			.map((element) -> OPEN.matcher(element).matches() ? "*" : element)
			.collect(Collectors.joining("."));
	}

}
