package org.activemessaging.samples.voyeur.recording;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Visitor}.
 */
class VisitorTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@Test
	void visitorWithoutCookieIsUnique() {
		assertThat(Visitor.of(this.request).unique()).isTrue();
	}

	@Test
	void visitorComesBackWithCookie() {
		Visitor first = Visitor.of(this.request);
		this.request.setCookies(new Cookie("other", "x"), new Cookie("voyeur", first.sessionId()));
		assertThat(Visitor.of(this.request)).isEqualTo(new Visitor(first.sessionId(), false));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "me", "6f1c7a52-0a6b-4d0e-9d4e-3c2f6a1b9e77x", "6F1C7A52-0A6B-4D0E-9D4E-3C2F6A1B9E77" })
	void cookieThatIsNotOursIsNotTaken(String value) {
		this.request.setCookies(new Cookie("voyeur", value));
		Visitor visitor = Visitor.of(this.request);
		assertThat(visitor.unique()).isTrue();
		assertThat(visitor.sessionId()).isNotEqualTo(value).hasSize(36);
	}

}
