package org.activemessaging.broker.stomp;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.jms.JMSException;

/**
 * What is agreed on when a connection begins.
 *
 * @param endpoint how to speak to the broker
 * @param host the host that is spoken to
 */
record StompHandshake(StompEndpoint endpoint, InetSocketAddress host) {

	private static final Pattern HEART_BEAT = Pattern.compile("\\s*(\\d{1,9})\\s*,\\s*(\\d{1,9})\\s*");

	/**
	 * Returns the first frame.
	 */
	StompFrame greeting(StompCredentials credentials) {
		StompOptions options = this.endpoint.options();
		long beat = options.heartBeat().toMillis();
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("accept-version", "1.0,1.1,1.2");
		headers.put("host", (options.virtualHost() != null) ? options.virtualHost()
				: (options.dialect() == StompDialect.RABBITMQ) ? "/" : this.host.getHostString());
		headers.put("heart-beat", beat + "," + beat);
		if (credentials.user() != null) {
			headers.put("login", credentials.user());
			headers.put("passcode", (credentials.password() != null) ? credentials.password() : "");
		}
		if (credentials.clientId() != null) {
			headers.put("client-id", credentials.clientId());
		}
		return StompFrame.of("CONNECT", headers);
	}

	StompVersion version(StompFrame answer) throws JMSException {
		StompVersion chosen = StompVersion.of(answer.header("version"));
		if (chosen == null) {
			throw StompFailures.lost(broker() + " speaks a version of STOMP that is not known", null);
		}
		return chosen;
	}

	StompDialect dialect(StompFrame answer) throws JMSException {
		StompDialect configured = this.endpoint.options().dialect();
		StompDialect told = StompDialect.of(answer.header("server", ""));
		String property = "'messaging.broker." + this.endpoint.profile().name() + ".properties.dialect'";
		if (configured != null && told != null && configured != told) {
			throw new JMSException(broker() + " is of the dialect '" + told.label() + "', but " + property + " is '"
					+ configured.label() + "'");
		}
		StompDialect result = (configured != null) ? configured : told;
		if (result == null) {
			throw new JMSException(broker() + " does not say of what kind it is; set " + property);
		}
		return result;
	}

	/**
	 * Returns how often either side gives a sign of life.
	 * @throws JMSException if the broker has said nothing sensible about it
	 */
	HeartBeat heartBeat(StompFrame answer) throws JMSException {
		long wanted = this.endpoint.options().heartBeat().toMillis();
		Matcher offered = HEART_BEAT.matcher(answer.header("heart-beat", "0,0"));
		if (!offered.matches()) {
			throw StompFailures.lost(broker() + " offers a heart-beat that is none", null);
		}
		return new HeartBeat(agree(wanted, Long.parseLong(offered.group(2))),
				agree(wanted, Long.parseLong(offered.group(1))));
	}

	private static long agree(long wanted, long offered) {
		return (wanted == 0 || offered == 0) ? 0 : Math.max(wanted, offered);
	}

	private String broker() {
		return "The broker at " + this.host.getHostString() + ":" + this.host.getPort();
	}

	/**
	 * How often either side gives a sign of life.
	 *
	 * @param ours the longest silence of this side in milliseconds, 0 for any
	 * @param theirs the longest silence of the broker
	 */
	record HeartBeat(long ours, long theirs) {
	}

}
