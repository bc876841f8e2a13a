package org.activemessaging.broker;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Rules for the URLs of brokers: no credentials inside, and nothing but scheme, hosts and
 * ports where one is shown.
 *
 * @since 0.1.0
 */
public final class BrokerUrl {

	private static final Pattern AFTER_AUTHORITY = Pattern.compile("(://[^/,()?]*)[^,()]*");

	private static final Pattern AFTER_COMPOSITE = Pattern.compile("\\)[^,()]*");

	private static final Pattern SECRET_OPTION = Pattern
		.compile("[?&;]([\\w.]*(?:user|username|password|passcode|token|secret)[\\w.]*)=", Pattern.CASE_INSENSITIVE);

	// The value ends where a word does, or at a quote, so that a name without a value
	// does not swallow the sentence after it.
	private static final Pattern SECRET_VALUE = Pattern
		.compile("((?:password|passwd|passphrase|passcode|pwd|secret|token|credentials?|api[-_]?key)[\\w.-]{0,32}[\"']?"
				+ "\\s{0,3}[=:]\\s{0,3}[\"']?)[^\\s\"'&;,)}\\]]+", Pattern.CASE_INSENSITIVE);

	private BrokerUrl() {
	}

	/**
	 * Returns a URL as it may be shown to anybody.
	 * @param url the URL
	 * @return the URL without options and path; of a URL with user information, the
	 * scheme only, as nobody knows where a password with special characters ends
	 */
	public static String display(String url) {
		if (url.contains("@")) {
			int slashes = url.indexOf("://");
			return ((slashes > 0) ? url.substring(0, slashes) : "") + "://***";
		}
		String hosts = AFTER_AUTHORITY.matcher(url).replaceAll("$1");
		String bare = AFTER_COMPOSITE.matcher(hosts).replaceAll(")");
		int options = bare.indexOf('?');
		return (options < 0) ? bare : bare.substring(0, options);
	}

	/**
	 * Returns a text as it may be shown to anybody.
	 * @param text a text, the message of an exception for example
	 * @return the text with each URL as {@link #display(String)} shows it, and with
	 * {@code ***} for what is called a password, a secret or a token in it
	 */
	public static String redact(String text) {
		return SECRET_VALUE.matcher(redactUrls(text)).replaceAll("$1***");
	}

	private static String redactUrls(String text) {
		if (!text.contains("://") && !text.contains("@")) {
			return text;
		}
		// Word by word: a pattern for URLs would take for ever on a long word without
		// one.
		StringJoiner words = new StringJoiner(" ");
		for (String word : text.split(" ", -1)) {
			words.add((word.contains("://") || word.contains("@")) ? display(word) : word);
		}
		return words.toString();
	}

	/**
	 * Returns the scheme of a URL.
	 * @param url the URL
	 * @return what stands before its first colon in lower case, or an empty string
	 */
	public static String scheme(String url) {
		int colon = url.indexOf(':');
		return (colon > 0) ? url.substring(0, colon).toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * Tells whether a URL contains credentials, as user information or as an option.
	 * @param url the URL
	 * @return whether it does
	 */
	public static boolean containsCredentials(String url) {
		return url.contains("@") || SECRET_OPTION.matcher(url).find();
	}

}
