package org.activemessaging.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import org.activemessaging.observation.MessagingObservationDocumentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a page which names a property names one that there is, whether or not it
 * stands in a block of YAML, which other tests bind.
 */
class PropertyNamesInPagesTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern NAME = Pattern.compile("`(?:--)?(messaging\\.[a-z][^`=:\\s]*)");

	private static final Pattern METERS = Pattern
		.compile("(?m)^\\| (`messaging\\.[^|]+)\\| (timer|counter|gauge|distribution)");

	@ParameterizedTest
	@MethodSource("pages")
	void everyPropertyOnAPageIsDeclared(Path page) throws IOException {
		DeclaredProperties properties = DeclaredProperties.read();
		List<String> meters = meters(Files.readString(ROOT.resolve("docs/endpoint.md")));
		assertThat(names(Files.readString(page))).as("unknown properties in %s", page)
			.filteredOn((name) -> !meters.contains(name) && !keys().contains(name))
			.filteredOn((name) -> !properties.contains(PropertyNamesInMessagesTests.normalize(name)))
			.isEmpty();
	}

	@Test
	void namesAreFound() {
		assertThat(names("Set `messaging.run.groups=none` or `--messaging.broker.<name>.url: x`."))
			.containsExactly("messaging.run.groups", "messaging.broker.<name>.url");
	}

	@Test
	void metersAreNoProperties() {
		assertThat(meters("""
				| `messaging.process` | timer, one try of a message |
				| `messaging.in.flight`, `messaging.concurrency` | gauges per processor |
				| `messaging.run.groups` | a property |
				""")).containsExactly("messaging.process", "messaging.in.flight", "messaging.concurrency");
	}

	private static List<String> keys() {
		return Stream.of(MessagingObservationDocumentation.values())
			.flatMap((observation) -> Stream.of(observation.getLowCardinalityKeyNames(),
					observation.getHighCardinalityKeyNames()))
			.flatMap(Stream::of)
			.map(KeyName::asString)
			.toList();
	}

	private static List<String> meters(String page) {
		return METERS.matcher(page).results().flatMap((row) -> names(row.group(1)).stream()).toList();
	}

	private static List<String> names(String text) {
		return NAME.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	static Stream<Path> pages() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream
				.concat(Stream.of(ROOT.resolve("README.md")), docs.filter((page) -> page.toString().endsWith(".md")))
				.toList()
				.stream();
		}
	}

}
