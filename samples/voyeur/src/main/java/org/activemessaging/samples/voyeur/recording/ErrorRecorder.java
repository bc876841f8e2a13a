package org.activemessaging.samples.voyeur.recording;

import java.time.Clock;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.RequestFailure;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.activemessaging.samples.voyeur.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Records every error that ends a request, and leaves the answer to Spring.
 */
@Component
@Profile("!analytics")
final class ErrorRecorder implements HandlerExceptionResolver, Ordered {

	private static final int MESSAGE_LENGTH = 500;

	private final Stenographer stenographer;

	private final Clock clock;

	ErrorRecorder(Stenographer stenographer) {
		this.stenographer = stenographer;
		this.clock = Clock.systemUTC();
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (request.getAttribute(Visitor.ATTRIBUTE) instanceof Visitor visitor) {
			this.stenographer.record(DataStream.ERRORSTREAM,
					new RequestFailure(visitor.sessionId(), RequestUri.of(request), status(ex),
							ex.getClass().getSimpleName(), message(ex), this.clock.instant()));
		}
		return null;
	}

	private static int status(Exception ex) {
		return ((ex instanceof ErrorResponse error) ? error.getStatusCode() : HttpStatus.INTERNAL_SERVER_ERROR).value();
	}

	private static @Nullable String message(Exception ex) {
		String message = ex.getMessage();
		return (message != null) ? StreamEvent.text(message, MESSAGE_LENGTH) : null;
	}

}
