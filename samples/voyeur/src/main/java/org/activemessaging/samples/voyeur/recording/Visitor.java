package org.activemessaging.samples.voyeur.recording;

import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ResponseCookie;

/**
 * Who sends a request, as far as a cookie without a name tells. The session lives in the
 * cookie only, so that any number of web processes can share the visitors.
 *
 * @param sessionId the id of the session
 * @param unique whether this is the first request of the session
 */
public record Visitor(String sessionId, boolean unique) {

	/**
	 * The request attribute that holds the visitor.
	 */
	public static final String ATTRIBUTE = "voyeur.visitor";

	private static final String COOKIE = "voyeur";

	// A visitor can send any text; it becomes a message group, so only ours is taken.
	private static final Pattern SESSION_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	/**
	 * Recognises or welcomes the sender of a request.
	 * @param request the request
	 * @return the visitor
	 */
	static Visitor of(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		return ((cookies != null) ? Arrays.stream(cookies) : Stream.<Cookie>empty())
			.filter((cookie) -> COOKIE.equals(cookie.getName()) && SESSION_ID.matcher(cookie.getValue()).matches())
			.findFirst()
			.map((cookie) -> new Visitor(cookie.getValue(), false))
			.orElseGet(() -> new Visitor(UUID.randomUUID().toString(), true));
	}

	String toCookie() {
		return ResponseCookie.from(COOKIE, this.sessionId).path("/").httpOnly(true).sameSite("Lax").build().toString();
	}

}
