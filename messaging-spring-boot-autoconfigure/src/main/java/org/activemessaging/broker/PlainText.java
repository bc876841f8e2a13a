package org.activemessaging.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out where a URL leads without TLS. Nothing is looked up: what a name server says
 * is no reason to send a password.
 *
 * @since 0.1.0
 */
public final class PlainText {

	private static final Pattern LIST = Pattern.compile("^(?:([\\w.+-]+):(?://)?\\(|(failover):(?://)?(?=[\\w.+-]+:))");

	private static final Pattern SCHEME = Pattern.compile("^(?:[&?].*=)?([A-Za-z][\\w.+-]*)://");

	private static final Pattern IPV4 = Pattern.compile("127(?:\\.(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

	// Brokers inside the JVM.
	private static final Set<String> LOCAL = Set.of("vm", "memory");

	private static final Set<String> SECURE = Set.of("https", "wss", "amqps", "amqpwss", "tcps", "smfs");

	private PlainText() {
	}

	/**
	 * Returns the hosts of a URL that are reached without TLS. Those of a list are looked
	 * at one by one.
	 * @param url the URL, or a list of URLs in parentheses
	 * @return the hosts, without ports; none if the URL names no host
	 */
	public static List<String> hosts(String url) {
		String list = url.trim();
		String scheme = "";
		Matcher prefix = LIST.matcher(list);
		while (prefix.find()) {
			scheme = BrokerUrl.scheme(list);
			list = list.substring(prefix.end());
			prefix = LIST.matcher(list);
		}
		List<String> hosts = new ArrayList<>();
		boolean options = false;
		for (String part : list.split("[,()]")) {
			Matcher matcher = SCHEME.matcher(part.strip());
			String rest = part.strip();
			if (matcher.find()) {
				scheme = matcher.group(1).toLowerCase(Locale.ROOT);
				rest = rest.substring(matcher.end());
				options = false;
			}
			String host = options ? "" : host(rest);
			options = options || rest.contains("?");
			if (!host.isEmpty() && isPlain(scheme, rest)) {
				hosts.add(host);
			}
		}
		return List.copyOf(hosts);
	}

	private static boolean isPlain(String scheme, String rest) {
		boolean secure = scheme.endsWith("ssl") || scheme.endsWith("tls") || SECURE.contains(scheme)
				|| rest.contains("sslEnabled=true");
		return !scheme.isEmpty() && !secure && !LOCAL.contains(scheme);
	}

	private static String host(String text) {
		String authority = text.split("[/?#&;]", 2)[0];
		String address = authority.substring(authority.lastIndexOf('@') + 1);
		if (address.startsWith("[")) {
			return address.replaceFirst("^\\[([^]]*).*$", "$1");
		}
		return address.replaceFirst(":\\d*$", "");
	}

	/**
	 * Tells whether a host is this machine, by its name alone: {@code localhost}, an
	 * address that begins with {@code 127.}, or {@code ::1}.
	 * @param host the host
	 * @return whether what is sent to it does not leave the machine
	 */
	public static boolean isLoopback(String host) {
		return host.equalsIgnoreCase("localhost") || host.equals("::1") || host.equals("0:0:0:0:0:0:0:1")
				|| IPV4.matcher(host).matches();
	}

}
