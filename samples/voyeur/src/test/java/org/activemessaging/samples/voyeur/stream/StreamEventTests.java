package org.activemessaging.samples.voyeur.stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamEvent}.
 */
class StreamEventTests {

	@Test
	void textIsCut() {
		assertThat(StreamEvent.text("telegraph", 4)).isEqualTo("tele");
		assertThat(StreamEvent.text("telegraph", 9)).isEqualTo("telegraph");
	}

	@Test
	void textHasNoControlCharacters() {
		assertThat(StreamEvent.text("a\u0000b\nc", 10)).isEqualTo("a b c");
	}

	@Test
	void textHasNoHalfCharacters() {
		assertThat(StreamEvent.text("a\uD83D\uDC26", 3)).isEqualTo("a\uD83D\uDC26");
		assertThat(StreamEvent.text("a\uD83D\uDC26", 2)).isEqualTo("a ");
	}

}
