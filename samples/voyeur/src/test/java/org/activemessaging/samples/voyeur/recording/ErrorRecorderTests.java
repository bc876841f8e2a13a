package org.activemessaging.samples.voyeur.recording;

import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.RequestFailure;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.activemessaging.samples.voyeur.stream.StreamEvent;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ErrorRecorder}.
 */
class ErrorRecorderTests {

	private final Stenographer stenographer = mock(Stenographer.class);

	private final ErrorRecorder recorder = new ErrorRecorder(this.stenographer);

	@Test
	void failureIsRecordedAndLeftToOthers() {
		RequestFailure failure = record(new IllegalStateException("no paper"));
		assertThat(failure.status()).isEqualTo(500);
		assertThat(failure.uri()).isEqualTo("/page?a=b");
		assertThat(failure.exception()).isEqualTo("IllegalStateException");
		assertThat(failure.message()).isEqualTo("no paper");
	}

	@Test
	void statusOfExceptionIsKept() {
		assertThat(record(new ResponseStatusException(HttpStatus.NOT_FOUND)).status()).isEqualTo(404);
	}

	@Test
	void longMessageIsCut() {
		assertThat(record(new IllegalStateException("x".repeat(10_000))).message()).hasSize(500);
	}

	private RequestFailure record(Exception failure) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/page");
		request.setQueryString("a=b");
		request.setAttribute(Visitor.ATTRIBUTE, new Visitor("session", false));
		assertThat(this.recorder.resolveException(request, new MockHttpServletResponse(), null, failure)).isNull();
		ArgumentCaptor<StreamEvent> event = ArgumentCaptor.captor();
		then(this.stenographer).should().record(eq(DataStream.ERRORSTREAM), event.capture());
		return (RequestFailure) event.getValue();
	}

}
