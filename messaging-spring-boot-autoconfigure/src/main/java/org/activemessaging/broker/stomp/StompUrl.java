package org.activemessaging.broker.stomp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.broker.BrokerUrl;

/**
 * Where brokers are: {@code stomp://host:61613}, {@code stomp+ssl://host:61614}, or
 * {@code stomp:(one:61613,other:61613)} for several, of which the first that answers is
 * taken.
 *
 * @param secure whether by TLS
 * @param hosts the hosts, not resolved
 */
record StompUrl(boolean secure, List<InetSocketAddress> hosts) {

	static final Set<String> SCHEMES = Set.of("stomp", "stomp+ssl");

	private static final int PORT = 61613;

	private static final int SECURE_PORT = 61614;

	private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s\\[\\]:/?#,()@]+)(?::(\\d{1,5}))?");

	/**
	 * Reads a URL.
	 * @throws IllegalArgumentException if it is none
	 */
	static StompUrl parse(String url) {
		String scheme = BrokerUrl.scheme(url);
		String rest = url.substring(scheme.length() + 1);
		String hosts = rest.startsWith("//") ? rest.substring(2)
				: (rest.startsWith("(") && rest.endsWith(")")) ? rest.substring(1, rest.length() - 1) : "";
		boolean secure = scheme.equals("stomp+ssl");
		List<InetSocketAddress> addresses = new ArrayList<>();
		for (String host : (rest.startsWith("//") ? List.of(hosts) : List.of(hosts.split(",", -1)))) {
			Matcher matcher = HOST.matcher(host.strip());
			if (!matcher.matches()) {
				throw new IllegalArgumentException("No host");
			}
			String port = matcher.group(2);
			addresses.add(InetSocketAddress.createUnresolved(matcher.group(1).replaceAll("[\\[\\]]", ""),
					(port != null) ? Integer.parseInt(port) : (secure ? SECURE_PORT : PORT)));
		}
		return new StompUrl(secure, List.copyOf(addresses));
	}

}
