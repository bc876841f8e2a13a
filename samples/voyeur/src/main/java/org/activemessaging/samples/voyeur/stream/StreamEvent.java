package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

/**
 * Something that happened in the session of a visitor.
 */
public sealed interface StreamEvent permits Click, ComponentFailure, MouseTrack, Query, RequestFailure, Suggestion {

	/**
	 * The header that carries the id of the event.
	 */
	String ID_HEADER = "event_id";

	/**
	 * Returns the session, which is also the message group: the events of one session are
	 * processed in order.
	 * @return the id of the session
	 */
	String sessionId();

	/**
	 * Returns when it happened.
	 * @return the time
	 */
	Instant timestamp();

	/**
	 * Makes a text that a visitor sent fit to be kept: not every database takes every
	 * character.
	 * @param text the text
	 * @param length the number of characters to keep
	 * @return at most that many characters of the text, none of them a control character
	 */
	static String text(String text, int length) {
		String cut = (text.length() > length) ? text.substring(0, length) : text;
		return cut.replaceAll("[\\p{Cc}\\p{Cs}]", " ");
	}

}
