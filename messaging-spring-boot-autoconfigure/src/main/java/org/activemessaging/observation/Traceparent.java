package org.activemessaging.observation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A position in a trace, as W3C Trace Context writes it into a header.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether somebody has recorded it
 */
record Traceparent(String traceId, String spanId, boolean sampled) {

	static final String HEADER = "traceparent";

	private static final int TRACE_ID_LENGTH = 32;

	private static final int SAMPLED = 1;

	private static final Pattern FORM = Pattern
		.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

	static @Nullable Traceparent parse(@Nullable Object header) {
		Matcher matcher = FORM.matcher((header instanceof String text) ? text : "");
		// Later versions may have more at their end.
		if (!matcher.matches() || (matcher.group(5) != null && matcher.group(1).equals("00"))) {
			return null;
		}
		int flags = Integer.parseInt(matcher.group(4), 16);
		return new Traceparent(matcher.group(2), matcher.group(3), (flags & SAMPLED) != 0);
	}

	@Override
	public String toString() {
		// Some tracers have trace ids of half the length.
		return "00-" + "0".repeat(Math.max(0, TRACE_ID_LENGTH - this.traceId.length())) + this.traceId + "-"
				+ this.spanId + (this.sampled ? "-01" : "-00");
	}

}
