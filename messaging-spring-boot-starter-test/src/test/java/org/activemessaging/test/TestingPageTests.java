package org.activemessaging.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.memory.MemoryBroker;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about tests prints what is compiled and run.
 */
class TestingPageTests {

	private static final Path PAGE = Path.of("../docs/testing.md");

	private static final Path SOURCES = Path.of("src/test/java/org/activemessaging/test");

	@Test
	void everyJavaBlockIsPartOfATest() throws IOException {
		List<String> sources = sources();
		assertThat(blocks("java")).hasSizeGreaterThan(4)
			.allSatisfy((block) -> assertThat(sources).as("%s", block)
				.anyMatch((source) -> source.contains(withoutIndentation(block))));
	}

	@Test
	void everyYamlBlockStartsBrokersInMemory() throws IOException {
		assertThat(blocks("yaml")).hasSize(1);
		PropertySource<?> source = new YamlPropertySourceLoader()
			.load("page", new ByteArrayResource(blocks("yaml").get(0).getBytes(StandardCharsets.UTF_8)))
			.get(0);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(source))
			.run((context) -> assertThat(MemoryBroker.of(context.getBean(Brokers.class).get("analytics"))).isNotNull());
	}

	@Test
	void everyXmlBlockNamesThisModule() throws IOException {
		assertThat(blocks("xml")).hasSize(1)
			.allMatch((block) -> block.contains("<artifactId>messaging-spring-boot-starter-test</artifactId>"));
		assertThat(Files.readString(Path.of("pom.xml")))
			.contains("<artifactId>messaging-spring-boot-starter-test</artifactId>");
	}

	private static List<String> sources() throws IOException {
		try (Stream<Path> files = Files.list(SOURCES)) {
			return files.map(TestingPageTests::read).map(TestingPageTests::withoutIndentation).toList();
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

	private static String withoutIndentation(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(PAGE))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
	}

}
