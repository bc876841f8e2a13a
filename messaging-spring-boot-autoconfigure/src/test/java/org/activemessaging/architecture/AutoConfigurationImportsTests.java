package org.activemessaging.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the files through which Spring Boot finds the auto-configurations and their
 * companions.
 */
class AutoConfigurationImportsTests {

	private static final Path CLASSES = Path.of("target", "classes");

	private static final Path IMPORTS = CLASSES
		.resolve("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");

	@Test
	void importsAreSorted() throws IOException {
		assertThat(imports()).isSorted();
	}

	@Test
	void importsNameEveryAutoConfiguration() throws IOException {
		assertThat(imports()).containsExactlyInAnyOrderElementsOf(autoConfigurations());
	}

	@Test
	void everyAutoConfigurationIsAnnotated() throws IOException {
		assertThat(autoConfigurations())
			.allSatisfy((name) -> assertThat(load(name)).hasAnnotation(AutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "META-INF/spring.factories", "META-INF/spring/aot.factories" })
	void everyEntryOfFactoriesExists(String location) throws IOException {
		Path file = CLASSES.resolve(location);
		if (Files.exists(file)) {
			Properties factories = new Properties();
			try (InputStream stream = Files.newInputStream(file)) {
				factories.load(stream);
			}
			factories.forEach((key, value) -> {
				Class<?> type = load(key.toString());
				assertThat(Arrays.stream(value.toString().split(",")).map(String::strip))
					.allSatisfy((name) -> assertThat(type).isAssignableFrom(load(name)));
			});
		}
	}

	private static List<String> imports() throws IOException {
		return Files.readAllLines(IMPORTS)
			.stream()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.toList();
	}

	private static List<String> autoConfigurations() throws IOException {
		try (Stream<Path> files = Files.walk(CLASSES)) {
			return files.map((file) -> CLASSES.relativize(file).toString())
				.filter((file) -> file.endsWith("AutoConfiguration.class"))
				.map(ClassUtils::convertResourcePathToClassName)
				.map((name) -> name.substring(0, name.length() - ".class".length()))
				.toList();
		}
	}

	private static Class<?> load(String name) {
		return ClassUtils.resolveClassName(name, AutoConfigurationImportsTests.class.getClassLoader());
	}

}
