package org.activemessaging.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A stack trace short enough for a header: of each exception of the chain its class, its
 * first frame, and the first frames of the application. It has no messages, which may
 * hold what the payload holds.
 */
final class StackText {

	static final String SEPARATOR = " | ";

	static final String FRAME = "at ";

	private static final int MAX_LENGTH = 2048;

	private static final int MAX_CAUSES = 10;

	private static final int FRAMES = 5;

	private static final String BASE = "org.activemessaging.";

	private static final Set<String> FRAMEWORKS = Set.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.",
			"kotlin.", "org.springframework.", "org.apache.", "org.hibernate.", "tools.jackson.", "com.fasterxml.",
			"reactor.", "io.netty.", "io.micrometer.", "com.zaxxer.");

	// The rooms, as the samples of this project are applications.
	private static final Set<String> ROOMS = Set.of("broker", "claimcheck", "cloudevents", "deadletter", "delay",
			"destination", "filter", "idempotent", "listener", "observation", "operations", "outbox", "payload",
			"permit", "processor", "publisher", "receiver", "redelivery", "request");

	private StackText() {
	}

	static String of(Throwable failure) {
		StringBuilder text = new StringBuilder();
		for (Throwable link : chain(failure)) {
			append(text, ((text.length() > 0) ? "caused by " : "") + link.getClass().getName());
			frames(link).forEach((frame) -> append(text, FRAME + frame));
		}
		return text.toString();
	}

	// A line that does not fit is left out as a whole.
	private static void append(StringBuilder text, String line) {
		if (text.length() + SEPARATOR.length() + line.length() <= MAX_LENGTH) {
			text.append((text.length() > 0) ? SEPARATOR : "").append(line);
		}
	}

	static List<Throwable> chain(Throwable failure) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable link = failure; link != null && chain.size() < MAX_CAUSES
				&& !chain.contains(link); link = link.getCause()) {
			chain.add(link);
		}
		return chain;
	}

	/**
	 * Returns the first frame, and the first ones of the application.
	 */
	static List<StackTraceElement> frames(Throwable failure) {
		List<StackTraceElement> frames = new ArrayList<>();
		for (StackTraceElement frame : failure.getStackTrace()) {
			boolean first = frames.isEmpty();
			if (frames.size() < FRAMES && (first || isOfTheApplication(frame.getClassName()))) {
				frames.add(frame);
			}
		}
		return frames;
	}

	static boolean isOfTheApplication(@Nullable String className) {
		return className != null && FRAMEWORKS.stream().noneMatch(className::startsWith) && !isOurs(className);
	}

	private static boolean isOurs(String className) {
		if (!className.startsWith(BASE)) {
			return false;
		}
		String below = className.substring(BASE.length());
		int dot = below.indexOf('.');
		return dot < 0 || ROOMS.contains(below.substring(0, dot));
	}

}
