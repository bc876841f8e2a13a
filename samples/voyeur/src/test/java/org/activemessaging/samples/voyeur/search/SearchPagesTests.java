package org.activemessaging.samples.voyeur.search;

import java.time.Instant;
import java.util.List;

import jakarta.servlet.http.Cookie;
import org.activemessaging.PublishException;
import org.activemessaging.samples.voyeur.stream.Click;
import org.activemessaging.samples.voyeur.stream.ComponentFailure;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.Query;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.activemessaging.samples.voyeur.stream.StreamEvent;
import org.activemessaging.samples.voyeur.stream.Suggestion;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeast;

/**
 * Tests for the search pages and what is recorded of them.
 */
@WebMvcTest({ SearchController.class, ArticleController.class })
@Import({ Encyclopedia.class, SearchIndex.class, Belushinator.class })
class SearchPagesTests {

	private static final String SESSION = "6f1c7a52-0a6b-4d0e-9d4e-3c2f6a1b9e77";

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private Stenographer stenographer;

	@Test
	void homeListsArticles() {
		assertThat(get("/")).hasStatusOk().bodyText().contains("Carrier pigeon", "/articles/dead-letter-office");
	}

	@Test
	void searchShowsHitsAndRecordsQuery() {
		assertThat(get("/?q=undertaker")).hasStatusOk()
			.bodyText()
			.contains("Telephone exchange", "<mark>undertaker</mark>");
		assertThat(recorded(DataStream.QUERYSTREAM, Query.class)).satisfies((query) -> {
			assertThat(query.sessionId()).isEqualTo(SESSION);
			assertThat(query.terms()).isEqualTo("undertaker");
			assertThat(query.hits()).isEqualTo(1);
		});
	}

	@Test
	void searchEscapesQuery() {
		assertThat(get("/?q=<script>alert(1)</script>")).hasStatusOk().bodyText().doesNotContain("<script>alert");
	}

	@Test
	void searchDropsControlCharacters() {
		assertThat(this.mvc.get().uri("/").queryParam("q", "fax\u0000machine").exchange()).hasStatusOk();
		assertThat(recorded(DataStream.QUERYSTREAM, Query.class).terms()).isEqualTo("fax machine");
	}

	@Test
	void misspeltSearchShowsAndRecordsSuggestion() {
		assertThat(get("/?q=pigoen")).hasStatusOk().bodyText().contains("Did you mean", "q=pigeon&amp;instead=pigoen");
		assertThat(recorded(DataStream.BELUSHINATORSTREAM, Suggestion.class)).usingRecursiveComparison()
			.ignoringFields("timestamp")
			.isEqualTo(new Suggestion(SESSION, "pigoen", "pigeon", false, Instant.EPOCH));
	}

	@Test
	void acceptedSuggestionIsRecorded() {
		assertThat(get("/?q=pigeon&instead=pigoen")).hasStatusOk();
		assertThat(recorded(DataStream.BELUSHINATORSTREAM, Suggestion.class).accepted()).isTrue();
	}

	@Test
	void failureOfComponentIsRecordedAndPageIsShown() {
		assertThat(get("/?q=toga party")).hasStatusOk().bodyText().contains("belushinator");
		assertThat(recorded(DataStream.COMPONENTERRORSTREAM, ComponentFailure.class).component())
			.isEqualTo("belushinator");
	}

	@Test
	void articleIsShown() {
		assertThat(get("/articles/fax")).hasStatusOk().bodyText().contains("Alexander Bain", "Read next");
	}

	@Test
	void unknownArticleIsNotFound() {
		assertThat(get("/articles/nope")).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void everyRequestIsRecordedWithItsUri() {
		assertThat(get("/articles/fax?from=home")).hasStatusOk();
		assertThat(recorded(DataStream.CLICKSTREAM, Click.class)).satisfies((click) -> {
			assertThat(click.sessionId()).isEqualTo(SESSION);
			assertThat(click.uri()).isEqualTo("/articles/fax?from=home");
			assertThat(click.ipAddress()).isEqualTo("127.0.0.0");
			assertThat(click.latency()).isPositive();
			assertThat(click.unique()).isFalse();
		});
	}

	@Test
	void firstRequestIsUniqueAndGetsCookie() {
		MvcTestResult result = this.mvc.get().uri("/").exchange();
		assertThat(result).hasStatusOk();
		assertThat(result.getResponse().getHeader("Set-Cookie"))
			.matches("voyeur=[0-9a-f-]{36}; Path=/; HttpOnly; SameSite=Lax");
		assertThat(recorded(DataStream.CLICKSTREAM, Click.class).unique()).isTrue();
	}

	@Test
	void requestWhoseClickIsNotTakenIsNotAnswered() {
		given(this.stenographer.record(eq(DataStream.CLICKSTREAM), any()))
			.willThrow(new PublishException("clickstream", "The broker is gone", null));
		assertThat(get("/articles/fax")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyText()
			.doesNotContain("Alexander Bain");
	}

	private MvcTestResult get(String uri) {
		return this.mvc.get().uri(uri).cookie(new Cookie("voyeur", SESSION)).exchange();
	}

	private <T extends StreamEvent> T recorded(DataStream stream, Class<T> type) {
		ArgumentCaptor<StreamEvent> events = ArgumentCaptor.captor();
		then(this.stenographer).should(atLeast(1)).record(eq(stream), events.capture());
		return type.cast(List.copyOf(events.getAllValues()).get(0));
	}

}
