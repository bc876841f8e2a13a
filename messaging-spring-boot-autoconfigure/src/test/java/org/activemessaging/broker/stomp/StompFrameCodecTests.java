package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StompFrameEncoder}, {@link StompFrameDecoder} and
 * {@link StompVersion}.
 */
class StompFrameCodecTests {

	@ParameterizedTest
	@EnumSource
	void headersAndBodyAreReadAsTheyWereWritten(StompVersion version) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("plain", "value");
		headers.put("odd", " a:b \\ \\n ü€😀 :: ");
		headers.put("empty", "");
		if (version != StompVersion.V1_0) {
			headers.put("line", "a\nb");
			headers.put("name:with\\odd\nones", "x");
		}
		if (version == StompVersion.V1_2) {
			headers.put("return", "a\r\nb\r");
		}
		byte[] body = { 0, 10, -1, 0 };
		headers.put("content-length", "4");
		List<StompFrame> frames = decode(version, encode(new StompFrame("MESSAGE", headers, body), version), 1);
		assertThat(frames).singleElement().satisfies((frame) -> {
			assertThat(frame.headers()).isEqualTo(headers);
			assertThat(frame.body()).isEqualTo(body);
		});
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 'id:a:\\b'", "V1_1, 'id:a\\c\\\\b'", "V1_2, 'id:a\\c\\\\b'" })
	void valueIsEscapedAsTheVersionWants(StompVersion version, String line) {
		assertThat(encode(StompFrame.of("ACK", Map.of("id", "a:\\b")), version)).isEqualTo("ACK\n" + line + "\n\n\0");
	}

	@Test
	void returnIsEscapedInVersion12Only() {
		assertThat(StompVersion.V1_2.escape("\r")).isEqualTo("\\r");
		assertThat(StompVersion.V1_1.escape("\r")).isEqualTo("\r");
		assertThat(StompVersion.V1_0.canWrite("\n")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void framesAreFoundHoweverTheyAreCut(int chunk) {
		String stream = "\n\r\n\nRECEIPT\r\nreceipt-id:1\r\n\r\n\0\n\nMESSAGE\nmessage-id:ID\\c1\ncontent-length:3\n\na\0b\0"
				+ "MESSAGE\nfirst:1\nfirst:2\n\ntext ü\0\n\n";
		List<StompFrame> frames = decode(StompVersion.V1_2, stream, chunk);
		assertThat(frames).extracting(StompFrame::command).containsExactly("RECEIPT", "MESSAGE", "MESSAGE");
		assertThat(frames.get(0).header("receipt-id")).isEqualTo("1");
		assertThat(frames.get(1).header("message-id")).isEqualTo("ID:1");
		assertThat(frames.get(1).text()).isEqualTo("a\0b");
		assertThat(frames.get(2).header("first")).isEqualTo("1");
		assertThat(frames.get(2).text()).isEqualTo("text ü");
	}

	@Test
	void valuesOfOldVersionsAndOfTheHandshakeHaveNoEscapes() {
		assertThat(decode(StompVersion.V1_0, "MESSAGE\nmessage-id:ID:host-1:2\npath:C:\\temp\n\n\0", 100))
			.singleElement()
			.satisfies((frame) -> assertThat(frame.headers()).containsEntry("message-id", "ID:host-1:2")
				.containsEntry("path", "C:\\temp"));
		assertThat(decode(StompVersion.V1_2, "CONNECTED\nversion:1.2\nsession:a\\b\n\n\0", 100)).singleElement()
			.satisfies((frame) -> assertThat(frame.header("session")).isEqualTo("a\\b"));
	}

	@Test
	void contentTypeThatNobodyKnowsIsNoMatterOfTheFrame() {
		assertThat(decode(StompVersion.V1_2, "MESSAGE\ncontent-type:text/plain;charset=klingon\n\nx\0", 100))
			.hasSize(1);
	}

	@Test
	void halfAFrameIsNoFrame() {
		assertThat(decode(StompVersion.V1_2, "MESSAGE\na:b\n\nhalf", 3)).isEmpty();
		assertThat(decode(StompVersion.V1_2, "MESSAGE\na:b\ncontent-length:5\n\nhalf", 3)).isEmpty();
		assertThat(decode(StompVersion.V1_2, "MESSAGE\na:b\n", 3)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\1\u0043\1ActiveMQ", "AMQP\0\1\0\0",
			"SSH-2.0-OpenSSH\r\n", "message\n\n\0", "SEND\n\n\0", "AVERYLONGWORDTHATNEVERENDS",
			"MESSAGE\nno colon\n\n\0", "MESSAGE\na:\\t\n\n\0", "MESSAGE\na:\\\n\n\0",
			"MESSAGE\ncontent-length:-1\n\n\0", "MESSAGE\ncontent-length:x\n\n\0",
			"MESSAGE\ncontent-length:1\n\nab\0" })
	void whatIsNoFrameEndsTheConnection(String stream) {
		assertThatExceptionOfType(DecoderException.class).isThrownBy(() -> decode(StompVersion.V1_2, stream, 4));
	}

	@Test
	void frameThatIsTooLargeEndsTheConnectionBeforeItIsThere() {
		String header = "MESSAGE\na:" + "x".repeat(200);
		assertThatExceptionOfType(TooLongFrameException.class).isThrownBy(() -> decode(StompVersion.V1_2, header, 10))
			.withMessageContaining("max-header-size");
		for (String body : List.of("MESSAGE\ncontent-length:201\n\n", "MESSAGE\n\n" + "x".repeat(201),
				"MESSAGE\ncontent-length:99999999999\n\n")) {
			assertThatExceptionOfType(TooLongFrameException.class).isThrownBy(() -> decode(StompVersion.V1_2, body, 10))
				.withMessageContaining("max-body-size");
		}
		assertThat(decode(StompVersion.V1_2, "MESSAGE\n\n" + "x".repeat(200) + "\0", 10)).hasSize(1);
	}

	@Test
	void frameDoesNotShowWhatItContains() {
		assertThat(StompFrame.of("CONNECT", Map.of("passcode", "xyzzy-stomp"))).asString().doesNotContain("xyzzy-");
		assertThat(new StompCredentials("scott", "xyzzy-stomp", null)).asString().doesNotContain("xyzzy-");
	}

	private static String encode(StompFrame frame, StompVersion version) {
		return StompFrameEncoder.encode(frame, version).toString(StandardCharsets.ISO_8859_1);
	}

	private static List<StompFrame> decode(StompVersion version, String stream, int chunk) {
		EmbeddedChannel channel = new EmbeddedChannel(new StompFrameDecoder(200, 200));
		channel
			.writeInbound(Unpooled.copiedBuffer("CONNECTED\nversion:" + version + "\n\n\0", StandardCharsets.US_ASCII));
		channel.readInbound();
		boolean wide = stream.chars().anyMatch((character) -> character == 'ü' && stream.contains("text ü"));
		ByteBuf bytes = Unpooled.copiedBuffer(stream, wide ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
		while (bytes.isReadable()) {
			channel.writeInbound(bytes.readRetainedSlice(Math.min(chunk, bytes.readableBytes())));
		}
		List<StompFrame> frames = new ArrayList<>();
		for (StompFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
			frames.add(frame);
		}
		return frames;
	}

}
