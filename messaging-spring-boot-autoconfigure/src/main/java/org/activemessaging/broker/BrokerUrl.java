package org.activemessaging.broker;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Rules for the URLs of brokers: no credentials inside, and nothing but scheme, hosts and
 * ports where one is shown.
 *
 * @since 0.1.0
 */
public final class BrokerUrl {

	private static final Pattern OPTIONS = Pattern.compile("\\?[^),]*");

	private static final Pattern USER_INFO = Pattern.compile("//[^/@,)]*@");

	private static final Pattern SECRET_OPTION = Pattern
		.compile("[?&;]([\\w.]*(?:user|username|password|passcode|token|secret)[\\w.]*)=", Pattern.CASE_INSENSITIVE);

	private BrokerUrl() {
	}

	/**
	 * Returns a URL as it may be shown to anybody.
	 * @param url the URL
	 * @return the URL without user information, options and path
	 */
	public static String display(String url) {
		String withoutUserInfo = USER_INFO.matcher(url).replaceAll("//");
		return OPTIONS.matcher(withoutUserInfo).replaceAll("");
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
		return USER_INFO.matcher(url).find() || SECRET_OPTION.matcher(url).find();
	}

}
