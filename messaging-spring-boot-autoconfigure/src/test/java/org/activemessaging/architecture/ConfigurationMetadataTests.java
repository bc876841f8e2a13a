package org.activemessaging.architecture;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the description of every property: what an editor shows to the person who
 * writes the configuration.
 */
class ConfigurationMetadataTests {

	@ParameterizedTest
	@MethodSource("properties")
	void descriptionIsASentenceWithoutArticle(Map.Entry<String, String> property) {
		assertThat(property.getValue()).as("description of '%s'", property.getKey())
			.isNotBlank()
			.doesNotStartWithIgnoringCase("the ")
			.doesNotStartWithIgnoringCase("a ")
			.doesNotStartWithIgnoringCase("an ")
			.endsWith(".");
	}

	static Stream<Map.Entry<String, String>> properties() throws IOException {
		return DeclaredProperties.read().descriptions().entrySet().stream();
	}

}
