package org.activemessaging.broker.rabbitmq;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import org.activemessaging.broker.BrokerUrl;

/**
 * Where a node of RabbitMQ is: {@code amqp://host:port/vhost}, or several hosts with
 * commas between them.
 *
 * @param hosts the hosts, tried in their order
 * @param virtualHost the virtual host
 * @param tls whether to use TLS
 * @see <a href="https://www.rabbitmq.com/docs/uri-spec">AMQP URI specification</a>
 */
record RabbitMqUrl(List<Address> hosts, String virtualHost, boolean tls) {

	static final Set<String> SCHEMES = Set.of("amqp", "amqps");

	private static final Pattern URL = Pattern.compile("amqps?://([^/?#@\\s]*)(?:/([^/?#\\s]*))?");

	private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

	static RabbitMqUrl parse(String url) {
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("No URL of AMQP");
		}
		boolean tls = BrokerUrl.scheme(url).equals("amqps");
		List<Address> hosts = new ArrayList<>();
		for (String host : matcher.group(1).split(",", -1)) {
			hosts.add(host(host, tls));
		}
		String path = matcher.group(2);
		// By its specification, '/' alone is a virtual host without a name, which nobody
		// has.
		String virtualHost = (path == null || path.isEmpty()) ? "/"
				: URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
		return new RabbitMqUrl(List.copyOf(hosts), virtualHost, tls);
	}

	private static Address host(String text, boolean tls) {
		Matcher matcher = HOST.matcher(text.isEmpty() ? "localhost" : text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("No host and port");
		}
		int port = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2))
				: tls ? ConnectionFactory.DEFAULT_AMQP_OVER_SSL_PORT : ConnectionFactory.DEFAULT_AMQP_PORT;
		if (port < 1 || port > 65_535) {
			throw new IllegalArgumentException("No port");
		}
		return new Address(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
	}

}
