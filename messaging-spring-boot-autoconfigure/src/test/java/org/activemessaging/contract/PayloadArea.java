package org.activemessaging.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A payload arrives as it was published.
 */
abstract class PayloadArea extends Area {

	@ParameterizedTest
	@EnumSource
	void payloadArrivesUnchanged(Sample sample) {
		Object payload = sample.payload(broker().largestPayload());
		shared().publication(name()).publish(payload);
		// Not by an assertion on the payload itself: it may be large.
		Object received = shared().await(name()).message().getPayload();
		boolean equal = (payload instanceof byte[] bytes)
				? received instanceof byte[] other && Arrays.equals(bytes, other) : payload.equals(received);
		assertThat(equal).as("%s arrived as %s", sample, shown(received)).isTrue();
	}

	private static String shown(Object payload) {
		String text = (payload instanceof byte[] bytes) ? "byte[" + bytes.length + "]" : payload.toString();
		return payload.getClass().getSimpleName() + " " + text.substring(0, Math.min(100, text.length()));
	}

	@Test
	void objectArrivesAsJson() {
		shared().publication(name()).publish(Map.of("uri", "/päge"));
		Recorder.Call call = shared().await(name());
		assertThat(call.payload()).isEqualTo("{\"uri\":\"/päge\"}");
		assertThat(call.message().getHeaders().get("content_type")).asString().startsWith("application/json");
	}

	@Test
	@Requires(traits = Requires.Trait.LIMITS_PAYLOADS)
	void tooLargeIsRefusedWithoutHarmToTheNext() {
		Recorder recorder = new Recorder();
		Application application = start(application(recorder));
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> application.publication().publish("x".repeat(2 << 20)))
			.isNotInstanceOf(PublishUncertainException.class);
		application.publish("next");
		Flow.eventually().until(() -> recorder.completed().equals(List.of("next")));
	}

	/**
	 * Payloads.
	 */
	enum Sample {

		/**
		 * Text in ASCII.
		 */
		TEXT,

		/**
		 * Text of characters beyond ASCII, and beyond 16 bits.
		 */
		UNICODE,

		/**
		 * Text with what formats escape.
		 */
		SPECIAL,

		/**
		 * Text of no length.
		 */
		EMPTY_TEXT,

		/**
		 * Every byte there is.
		 */
		BYTES,

		/**
		 * No bytes.
		 */
		EMPTY_BYTES,

		/**
		 * The longest text.
		 */
		LARGE_TEXT,

		/**
		 * The most bytes.
		 */
		LARGE_BYTES;

		Object payload(int largest) {
			return switch (this) {
				case TEXT -> "plain text";
				case UNICODE -> "Grüße, \u4f60\u597d, \ud83d\ude00 \u20ac";
				case SPECIAL -> "a\nb\r\nc\td\\n \"<&>' : ;";
				case EMPTY_TEXT -> "";
				case BYTES -> bytes(256);
				case EMPTY_BYTES -> new byte[0];
				case LARGE_TEXT -> "x".repeat(largest);
				case LARGE_BYTES -> bytes(largest);
			};
		}

		private static byte[] bytes(int length) {
			byte[] bytes = new byte[length];
			for (int i = 0; i < length; i++) {
				bytes[i] = (byte) i;
			}
			return bytes;
		}

	}

}
