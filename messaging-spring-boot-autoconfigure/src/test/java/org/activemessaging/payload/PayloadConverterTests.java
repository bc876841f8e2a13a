package org.activemessaging.payload;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PayloadConverter}.
 */
class PayloadConverterTests {

	private static final String JSON = "{\"uri\":\"/\",\"latency\":3}";

	private static final Click CLICK = new Click("/", 3);

	private final PayloadConverter converter = new PayloadConverter(
			List.of(new LinesFormat(), new JsonFormat(JsonMapper.builder().build())));

	@Test
	void textIsWrittenAsItIsWhateverTheContentType() {
		assertThat(this.converter.write("{not json", "application/json")).isEqualTo("{not json");
		assertThat(this.converter.write(new StringBuilder("built"), "text/nonsense")).isEqualTo("built");
		assertThat(this.converter.write("", "application/json")).isEqualTo("");
	}

	@Test
	void bytesAreWrittenAsTheyAre() {
		byte[] bytes = { 0, -1, 7 };
		assertThat(this.converter.write(bytes, "application/json")).isSameAs(bytes);
		assertThat(this.converter.write(new byte[0], "application/json")).isEqualTo(new byte[0]);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json;charset=UTF-8", "application/vnd.click+json" })
	void objectIsWrittenAsJson(String contentType) {
		assertThat(this.converter.write(CLICK, contentType)).isEqualTo(JSON);
	}

	@Test
	void collectionsAndNumbersAreWrittenAsJson() {
		assertThat(this.converter.write(List.of(CLICK), "application/json")).isEqualTo("[" + JSON + "]");
		assertThat(this.converter.write(Map.of("uri", "/"), "application/json")).isEqualTo("{\"uri\":\"/\"}");
		assertThat(this.converter.write(42, "application/json")).isEqualTo("42");
	}

	@Test
	void formatIsChosenByTheContentType() {
		assertThat(this.converter.write(List.of("a", "b"), "text/lines")).isEqualTo("a\nb");
		assertThat(this.converter.fromMessage(message("a\nb", "text/lines"), List.class)).isEqualTo(List.of("a", "b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/xml", "image/png", "text/plain" })
	void objectIsNotWrittenInAnUnknownFormat(String contentType) {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.write(CLICK, contentType))
			.withMessageContaining("'" + contentType + "'");
	}

	@Test
	void contentTypeThatIsNoneIsRefused() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.write(CLICK, "nonsense"))
			.withMessageContaining("content type");
	}

	@Test
	void objectThatCannotBeWrittenIsRefusedWithItsType() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.write(new Unwritable(), "application/json"))
			.withMessageContaining(Unwritable.class.getName());
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "application/json", "application/vnd.click+json", "text/plain", "text/plain;charset=UTF-8",
			"application/octet-stream" })
	void recordIsReadFromTextAndFromBytes(String contentType) {
		assertThat(this.converter.fromMessage(message(JSON, contentType), Click.class)).isEqualTo(CLICK);
		assertThat(this.converter.fromMessage(message(JSON.getBytes(StandardCharsets.UTF_8), contentType), Click.class))
			.isEqualTo(CLICK);
	}

	@Test
	void mapIsReadFromText() {
		assertThat(this.converter.fromMessage(message(JSON, null), Map.class))
			.isEqualTo(Map.of("uri", "/", "latency", 3));
	}

	@Test
	void mapMessageIsHandedOverAsItIs() {
		Map<String, Object> payload = Map.of("uri", "/");
		assertThat(this.converter.fromMessage(message(payload, null), Map.class)).isSameAs(payload);
	}

	@Test
	void mapMessageIsNotReadAsSomethingElse() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromMessage(message(Map.of("uri", "/"), null), Click.class))
			.withMessageContaining(Click.class.getName());
	}

	@ParameterizedTest
	@ValueSource(strings = { "strings", "clicks", "clicksByName", "clickMessage" })
	void genericTypeIsTakenFromTheParameter(String method) {
		MethodParameter parameter = Signatures.parameter(method);
		Class<?> target = method.equals("clickMessage") ? Click.class : parameter.getParameterType();
		Object read = this.converter.fromMessage(message(Signatures.JSON.get(method), null), target, parameter);
		assertThat(read).isEqualTo(Signatures.VALUES.get(method));
	}

	@Test
	void typeVariableIsTakenFromTheClassOfTheBean() throws Exception {
		MethodParameter parameter = new MethodParameter(Generic.class.getDeclaredMethod("onMessage", Object.class), 0)
			.withContainingClass(ClickHandler.class);
		assertThat(this.converter.fromMessage(message(JSON, null), Click.class, parameter)).isEqualTo(CLICK);
	}

	@ParameterizedTest
	@CsvSource({ "application/json, UTF-8", "text/plain;charset=ISO-8859-1, ISO-8859-1",
			"application/json;charset=UTF-16, UTF-16", ", UTF-8" })
	void charsetOfTheContentTypeIsUsed(String contentType, String charset) throws Exception {
		byte[] bytes = "Grüße".getBytes(charset);
		assertThat(this.converter.fromMessage(message(bytes, contentType), String.class)).isEqualTo("Grüße");
		assertThat((byte[]) this.converter.fromMessage(message("Grüße", contentType), byte[].class)).isEqualTo(bytes);
	}

	@Test
	void charsetOfTheContentTypeIsUsedForJsonInBytes() throws Exception {
		byte[] bytes = "{\"uri\":\"ü\",\"latency\":1}".getBytes("ISO-8859-1");
		assertThat(this.converter.fromMessage(message(bytes, "application/json;charset=ISO-8859-1"), Click.class))
			.isEqualTo(new Click("ü", 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "content_type", "contentType", "content-type" })
	void contentTypeIsFoundInEachOfItsHeaders(String header) {
		Message<String> message = MessageBuilder.withPayload("a\nb").setHeader(header, "text/lines").build();
		assertThat(this.converter.fromMessage(message, List.class)).isEqualTo(List.of("a", "b"));
	}

	@Test
	void contentTypeMayBeAMimeType() {
		Message<String> message = MessageBuilder.withPayload("a\nb")
			.setHeader("contentType", new MimeType("text", "lines"))
			.build();
		assertThat(this.converter.fromMessage(message, List.class)).isEqualTo(List.of("a", "b"));
	}

	@Test
	void textAndBytesAreReadWhateverTheContentType() {
		assertThat(this.converter.fromMessage(message("a", "image/png"), String.class)).isEqualTo("a");
		assertThat(this.converter.fromMessage(message("a", "nonsense"), String.class)).isEqualTo("a");
		assertThat(this.converter.fromMessage(message(JSON, "application/json"), Object.class)).isEqualTo(JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/xml", "image/png", "application/x-java-serialized-object" })
	void unknownContentTypeIsNotRead(String contentType) {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromMessage(message(JSON, contentType), Click.class))
			.withMessageContaining("'" + contentType + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "", "a/b/c", "application/json;charset=nonsense", "application/json\r\nX: y" })
	void contentTypeThatCannotBeUnderstoodIsNotReadAndNotShown(String contentType) {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromMessage(message(JSON, contentType), Click.class))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "\r"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "{", "[]", "\"text\"", "{\"uri\":1,\"latency\":\"long\"}" })
	void payloadThatIsNoSuchObjectIsRefused(String payload) {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromMessage(message(payload, null), Click.class))
			.withMessageContaining(Click.class.getName());
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(
				() -> this.converter.fromMessage(message(payload.getBytes(StandardCharsets.UTF_8), null), Click.class));
	}

	@Test
	void emptyTextAndEmptyBytesAreWhatTheyAre() {
		assertThat(this.converter.fromMessage(message("", null), String.class)).isEqualTo("");
		assertThat(this.converter.fromMessage(message(new byte[0], null), String.class)).isEqualTo("");
		assertThat((byte[]) this.converter.fromMessage(message("", null), byte[].class)).isEmpty();
	}

	@Test
	void classNamedInAMessageIsNeverResolved() {
		String payload = "{\"@class\":\"org.activemessaging.payload.PayloadConverterTests$Unwritable\",\"uri\":\"/\"}";
		Message<String> message = MessageBuilder.withPayload(payload)
			.setHeader("content_type", "application/json")
			.setHeader("_type", Unwritable.class.getName())
			.build();
		assertThat(this.converter.fromMessage(message, Map.class)).isInstanceOf(Map.class)
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsKey("@class");
	}

	@Test
	void contentTypesOfManyMessagesDoNotPileUp() {
		for (int i = 0; i < 2000; i++) {
			this.converter.fromMessage(message(JSON, "application/vnd." + i + "+json"), Click.class);
		}
		assertThat(this.converter).extracting("contentTypes")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.hasSizeLessThan(1000);
		assertThat(this.converter.fromMessage(message("a\nb", "text/lines"), List.class)).isEqualTo(List.of("a", "b"));
	}

	@Test
	void messageIsMadeWithJson() {
		Message<?> message = this.converter.toMessage(CLICK, null);
		assertThat(message).isNotNull();
		assertThat(message.getPayload()).isEqualTo(JSON);
	}

	@Test
	void withoutFormatsTextIsStillRead() {
		PayloadConverter plain = new PayloadConverter(List.of());
		assertThat(plain.fromMessage(message("a", MimeTypeUtils.TEXT_PLAIN_VALUE), String.class)).isEqualTo("a");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> plain.fromMessage(message(JSON, null), Click.class))
			.withMessageContaining("'application/json'");
	}

	private static <T> Message<T> message(T payload, String contentType) {
		MessageBuilder<T> builder = MessageBuilder.withPayload(payload);
		return ((contentType != null) ? builder.setHeader("content_type", contentType) : builder).build();
	}

	record Click(String uri, int latency) {
	}

	static class Unwritable {

		public String getName() {
			throw new IllegalStateException("no name");
		}

	}

	static final class Signatures {

		static final Map<String, String> JSON = Map.of("strings", "[\"a\"]", "clicks",
				"[" + PayloadConverterTests.JSON + "]", "clicksByName", "{\"x\":" + PayloadConverterTests.JSON + "}",
				"clickMessage", PayloadConverterTests.JSON);

		static final Map<String, Object> VALUES = Map.of("strings", List.of("a"), "clicks", List.of(CLICK),
				"clicksByName", Map.of("x", CLICK), "clickMessage", CLICK);

		private Signatures() {
		}

		void strings(List<String> payload) {
		}

		void clicks(List<Click> payload) {
		}

		void clicksByName(Map<String, Click> payload) {
		}

		void clickMessage(Message<Click> message) {
		}

		static MethodParameter parameter(String name) {
			Method method = Arrays.stream(Signatures.class.getDeclaredMethods())
				.filter((candidate) -> candidate.getName().equals(name))
				.findFirst()
				.orElseThrow();
			return new MethodParameter(method, 0);
		}

	}

	abstract static class Generic<T> {

		void onMessage(T payload) {
		}

	}

	static class ClickHandler extends Generic<Click> {

	}

	static class LinesFormat implements PayloadFormat {

		@Override
		public boolean supports(MimeType contentType) {
			return contentType.getSubtype().equals("lines");
		}

		@Override
		public String write(Object payload) {
			return String.join("\n", ((List<?>) payload).stream().map(String::valueOf).toList());
		}

		@Override
		public Object read(String text, Type type) {
			return List.of(text.split("\n"));
		}

	}

}
