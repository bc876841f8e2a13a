package org.activemessaging.payload;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link YamlFormat}.
 */
class YamlFormatTests {

	// As Ruby writes it: symbols as keys, a time with a zone, nothing, an alias.
	private static final String RUBY = """
			---
			:uri: "/dance"
			:latency: 0.25
			:timestamp: 2026-11-28 14:15:16.123456789 +01:00
			:unique: true
			:referrer:
			:tags: &1
			- hammer
			:more: *1
			""";

	private static final Click CLICK = new Click("/dance", 0.25, Instant.parse("2026-11-28T13:15:16.123Z"), true, null,
			List.of("hammer"));

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final YamlFormat format = new YamlFormat(this.mapper);

	private final PayloadConverter converter = new PayloadConverter(List.of(new JsonFormat(this.mapper), this.format));

	@ParameterizedTest
	@ValueSource(strings = { "application/yaml", "text/yaml", "application/x-yaml", "application/vnd.click+yaml" })
	void yamlIsSupported(String contentType) {
		assertThat(this.format.supports(MimeType.valueOf(contentType))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/plain", "application/yamlet" })
	void othersAreNot(String contentType) {
		assertThat(this.format.supports(MimeType.valueOf(contentType))).isFalse();
	}

	@Test
	void whatRubyWritesIsRead() {
		assertThat(this.format.read(RUBY, Click.class)).isEqualTo(CLICK);
	}

	@Test
	void mapsHaveNamesWithoutColons() {
		assertThat(this.format.read("---\n:a: 1\nb: :symbol\n3: 12345678901234567890", Map.class))
			.isEqualTo(Map.of("a", 1, "b", ":symbol", "3", new BigInteger("12345678901234567890")));
	}

	@Test
	void whatIsWrittenIsReadAgain() {
		String yaml = this.format.write(CLICK);
		assertThat(yaml).startsWith("---\nuri: /dance\n");
		assertThat(this.format.read(yaml, Click.class)).isEqualTo(CLICK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain; charset=UTF-8", "application/octet-stream", "application/yaml" })
	void documentIsRecognisedWhateverItsLabel(String contentType) {
		assertThat(this.converter
			.fromMessage(MessageBuilder.withPayload(RUBY).setHeader("content-type", contentType).build(), Click.class))
			.isEqualTo(CLICK);
	}

	@Test
	void jsonIsStillRecognised() {
		assertThat(this.converter.fromMessage(MessageBuilder.withPayload("{\"uri\":\"/\"}").build(), Map.class))
			.isEqualTo(Map.of("uri", "/"));
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> this.converter.fromMessage(
				MessageBuilder.withPayload(RUBY).setHeader("content-type", "application/json").build(), Map.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "---\n", "--- !!javax.script.ScriptEngineManager []", "--- !ruby/object:Object {}",
			"---\na: 1\na: 2", "---\n? [a]\n: b", "---\n&a [*a]", "---\nuri: [" })
	void whatIsNoPlainDocumentIsRefused(String yaml) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.format.read(yaml, Object.class));
	}

	@Test
	void aliasesThatMakeMuchOfLittleAreRefused() {
		StringBuilder bomb = new StringBuilder("---\n- &a0 [x, x]\n");
		for (int i = 1; i <= 24; i++) {
			bomb.append("- &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
		}
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.format.read(bomb.toString(), Object.class))
			.withMessageContaining("aliases");
	}

	@Test
	void deepNestingIsRefused() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.format.read("[".repeat(10_000) + "]".repeat(10_000), Object.class));
	}

	record Click(String uri, double latency, Instant timestamp, boolean unique, String referrer, List<String> tags) {

	}

}
