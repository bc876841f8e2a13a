package org.activemessaging.deadletter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The fingerprint of a cause: a digest of the exceptions, of the places in the
 * application that they were thrown in, and of the type of the message. Line numbers,
 * messages and what compilers and proxies number are left out, so that it stays the same
 * over builds.
 */
final class Fingerprint {

	private static final int PLACES = 3;

	private static final int BYTES = 6;

	private static final Pattern PROXY = Pattern.compile("\\$\\$.*");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private Fingerprint() {
	}

	static String of(Throwable failure, String messageType) {
		StringBuilder text = new StringBuilder(messageType);
		for (Throwable link : StackText.chain(failure)) {
			text.append('\n').append(plain(link.getClass().getName()));
			List<StackTraceElement> frames = StackText.frames(link);
			List<StackTraceElement> places = frames.stream()
				.filter((frame) -> StackText.isOfTheApplication(frame.getClassName()))
				.limit(PLACES)
				.toList();
			for (StackTraceElement place : places.isEmpty() ? frames : places) {
				text.append('\n').append(plain(place.getClassName())).append('#').append(plain(place.getMethodName()));
			}
		}
		return digest(text.toString());
	}

	static String of(String exception, String messageType) {
		return digest(messageType + '\n' + exception);
	}

	private static String plain(String name) {
		return NUMBER.matcher(PROXY.matcher(name).replaceAll("")).replaceAll("");
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each Java has SHA-256", ex);
		}
	}

}
