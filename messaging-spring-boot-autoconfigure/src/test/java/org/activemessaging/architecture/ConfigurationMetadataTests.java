package org.activemessaging.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.activemessaging.listener.AcknowledgeMode;
import org.activemessaging.listener.Concurrency;
import org.activemessaging.processor.ProcessorGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the description of every property, and for the hints: what an editor shows to
 * the person who writes the configuration.
 */
class ConfigurationMetadataTests {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

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

	@ParameterizedTest
	@MethodSource("hints")
	void hintIsForAPropertyThatThereIs(JsonNode hint) throws IOException {
		String property = hint.path("name").asString().replaceFirst("\\.(keys|values)$", "");
		assertThat(DeclaredProperties.read().contains(property)).as("property '%s' of a hint", property).isTrue();
	}

	@ParameterizedTest
	@MethodSource("hints")
	void hintIsASentenceOrAProvider(JsonNode hint) {
		assertThat(hint.path("values").size() + hint.path("providers").size()).isPositive();
		assertThat(hint.path("values").values())
			.allSatisfy((value) -> assertThat(value.path("description").asString("")).isNotBlank().endsWith("."));
	}

	@ParameterizedTest
	@MethodSource("hints")
	void hintNamesClassesThatThereAre(JsonNode hint) {
		assertThat(hint.path("providers").values()).map((provider) -> provider.path("parameters").path("target"))
			.filteredOn((target) -> !target.isMissingNode())
			.allMatch((target) -> ClassUtils.isPresent(target.asString(), null));
	}

	@Test
	void hintsAreSorted() throws IOException {
		assertThat(hints()).map((hint) -> hint.path("name").asString()).isSorted();
	}

	@Test
	void hintedModesAreThoseThatAreTaken() throws IOException {
		assertThat(hinted("messaging.listener.acknowledge")).containsExactlyElementsOf(AcknowledgeMode.labels());
	}

	@Test
	void hintedConcurrenciesAreTaken() throws IOException {
		assertThat(hinted("messaging.listener.concurrency")).isNotEmpty()
			.allSatisfy((value) -> assertThat(Concurrency.parse(value)).hasToString(value));
	}

	@Test
	void hintedGroupIsTheOneThatRunsNothing() throws IOException {
		assertThat(hinted("messaging.run.groups")).containsExactly(ProcessorGroups.NONE);
	}

	private static List<String> hinted(String property) throws IOException {
		return hints().filter((hint) -> hint.path("name").asString().equals(property))
			.flatMap((hint) -> hint.path("values").values().stream())
			.map((value) -> value.path("value").asString())
			.toList();
	}

	static Stream<JsonNode> hints() throws IOException {
		return new JsonMapper().readTree(Files.readString(METADATA)).path("hints").values().stream();
	}

	static Stream<Map.Entry<String, String>> properties() throws IOException {
		return DeclaredProperties.read().descriptions().entrySet().stream();
	}

}
