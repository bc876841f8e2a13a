package org.activemessaging.samples.voyeur.recording;

import jakarta.servlet.http.HttpServletRequest;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

/**
 * The path and query of a request, as far as they are kept.
 */
final class RequestUri {

	private static final int LENGTH = 500;

	private RequestUri() {
	}

	static String of(HttpServletRequest request) {
		String query = request.getQueryString();
		return StreamEvent.text((query != null) ? request.getRequestURI() + "?" + query : request.getRequestURI(),
				LENGTH);
	}

}
