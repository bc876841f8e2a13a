package org.activemessaging.operations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import org.activemessaging.broker.BrokerUrl;

/**
 * What of messages an operator may see.
 *
 * @param payload whether payloads may be seen
 * @param maxLength how many characters of a payload are shown
 * @param masks what is replaced by {@code ***} in payloads and headers
 * @param maskedHeaders the headers whose values are not shown, by their names
 * @since 0.1.0
 */
public record Disclosure(boolean payload, int maxLength, List<Pattern> masks, List<Pattern> maskedHeaders) {

	/**
	 * What is shown instead of what is not.
	 */
	public static final String MASK = "***";

	/**
	 * Copies the patterns.
	 * @param payload whether payloads may be seen
	 * @param maxLength how many characters of a payload are shown
	 * @param masks what is replaced by {@code ***} in payloads and headers
	 * @param maskedHeaders the headers whose values are not shown, by their names
	 */
	public Disclosure {
		masks = List.copyOf(masks);
		maskedHeaders = List.copyOf(maskedHeaders);
	}

	/**
	 * Makes patterns of texts.
	 * @param texts regular expressions
	 * @return the patterns
	 * @throws java.util.regex.PatternSyntaxException if one is none
	 */
	public static List<Pattern> patterns(Collection<String> texts) {
		List<Pattern> patterns = new ArrayList<>();
		texts.forEach((text) -> patterns.add(Pattern.compile(text)));
		return patterns;
	}

	Object header(String name, Object value) {
		if (this.maskedHeaders.stream().anyMatch((pattern) -> pattern.matcher(name).find())) {
			return MASK;
		}
		return (value instanceof String text) ? masked(BrokerUrl.redact(cut(text))) : value;
	}

	String payload(String text) {
		return masked(cut(text));
	}

	private String cut(String text) {
		return (text.length() > this.maxLength) ? text.substring(0, this.maxLength) + "…" : text;
	}

	private String masked(String text) {
		String masked = text;
		for (Pattern mask : this.masks) {
			masked = mask.matcher(masked).replaceAll(MASK);
		}
		return masked;
	}

}
