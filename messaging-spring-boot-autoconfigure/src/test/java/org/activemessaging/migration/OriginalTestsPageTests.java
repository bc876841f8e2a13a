package org.activemessaging.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The page that says where the tests of the original are in this project.
 */
class OriginalTestsPageTests {

	private static final Path PAGE = Path.of("../docs/original-tests.md");

	private static final Path TESTS = Path.of("src/test/java");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z_]+) \\| (.+) \\|$");

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

	@Test
	void everyTestOfTheOriginalIsAnswered() throws IOException {
		List<MatchResult> rows = rows();
		// The four of SQS are there twice in the original.
		assertThat(rows).hasSize(60 - 4);
		assertThat(rows).filteredOn((row) -> !TEST.matcher(row.group(2)).find())
			.allMatch((row) -> row.group(2).startsWith("None") && row.group(2).endsWith("."));
	}

	@Test
	void everyTestThatIsNamedExists() throws IOException {
		Map<String, String> sources = sources();
		assertThat(rows()).flatMap((row) -> TEST.matcher(row.group(2)).results().toList())
			.hasSizeGreaterThan(60)
			.allSatisfy((test) -> assertThat(sources.get(test.group(1))).as(test.group())
				.isNotNull()
				.containsPattern("(?s)@\\w*Test\\b((?!\\bvoid\\b).)*\\bvoid " + test.group(2) + "\\("));
	}

	@Test
	void destinationMayNotBeDeclaredTwice() {
		assertThatException().isThrownBy(() -> new YamlPropertySourceLoader().load("twice", new ByteArrayResource("""
				messaging:
				  destination:
				    orders:
				      queue: Orders
				    orders:
				      queue: Others
				""".getBytes(StandardCharsets.UTF_8)))).withMessageContaining("duplicate key orders");
	}

	private static List<MatchResult> rows() throws IOException {
		return ROW.matcher(Files.readString(PAGE)).results().toList();
	}

	private static Map<String, String> sources() throws IOException {
		try (Stream<Path> files = Files.walk(TESTS)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""),
						OriginalTestsPageTests::read, (one, other) -> one + other));
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
