package org.activemessaging.samples.voyeur.recording;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.activemessaging.PublishException;
import org.activemessaging.samples.voyeur.stream.Click;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.activemessaging.samples.voyeur.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Records every request for a page with its latency. The answer is held back until its
 * click is recorded: with the synchronous stenographer, a page that was answered has its
 * click at the broker, and a click that the broker did not take makes the answer an
 * error.
 */
@Component
@Profile("!analytics")
final class ClickRecorder extends OncePerRequestFilter {

	private static final List<String> IGNORED = List.of("/actuator", "/assets/", "/favicon", "/voyeur/data");

	private static final String BEACON = "/beacon/";

	private static final int HEADER_LENGTH = 300;

	private final Stenographer stenographer;

	private final Clock clock;

	ClickRecorder(Stenographer stenographer) {
		this.stenographer = stenographer;
		this.clock = Clock.systemUTC();
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return IGNORED.stream().anyMatch(request.getRequestURI()::startsWith);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Visitor visitor = Visitor.of(request);
		request.setAttribute(Visitor.ATTRIBUTE, visitor);
		if (request.getRequestURI().startsWith(BEACON)) {
			chain.doFilter(request, response);
			return;
		}
		if (visitor.unique()) {
			response.addHeader(HttpHeaders.SET_COOKIE, visitor.toCookie());
		}
		ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
		Instant start = this.clock.instant();
		long began = System.nanoTime();
		try {
			chain.doFilter(request, answer);
		}
		finally {
			record(request, answer, visitor, start, (System.nanoTime() - began) / 1e6);
		}
		answer.copyBodyToResponse();
	}

	private void record(HttpServletRequest request, ContentCachingResponseWrapper answer, Visitor visitor,
			Instant start, double latency) throws IOException {
		try {
			this.stenographer.record(DataStream.CLICKSTREAM, click(request, visitor, start, latency));
		}
		catch (PublishException ex) {
			this.logger.warn("The click was not recorded, so the page is not answered", ex);
			if (!answer.isCommitted()) {
				answer.resetBuffer();
				answer.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The request could not be recorded");
			}
		}
	}

	private Click click(HttpServletRequest request, Visitor visitor, Instant start, double latency) {
		return new Click(visitor.sessionId(), AnonymousAddress.of(request.getRemoteAddr()),
				request.getUserPrincipal() != null, header(request, HttpHeaders.USER_AGENT),
				header(request, HttpHeaders.ACCEPT_LANGUAGE), RequestUri.of(request),
				header(request, HttpHeaders.REFERER), start, latency, visitor.unique());
	}

	private @Nullable String header(HttpServletRequest request, String name) {
		String value = request.getHeader(name);
		return (value != null) ? StreamEvent.text(value, HEADER_LENGTH) : null;
	}

}
