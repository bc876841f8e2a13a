package org.activemessaging.samples.voyeur.recording;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Takes from an IP address the part that tells one visitor from their neighbours: the
 * last octet of four, or all but the first 48 bits of an IPv6 address.
 */
final class AnonymousAddress {

	private static final String UNKNOWN = "0.0.0.0";

	// Anything else would be looked up as the name of a host.
	private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

	private AnonymousAddress() {
	}

	static String of(String address) {
		int zone = address.indexOf('%');
		String literal = (zone >= 0) ? address.substring(0, zone) : address;
		if (!LITERAL.matcher(literal).matches()) {
			return UNKNOWN;
		}
		try {
			byte[] bytes = InetAddress.getByName(literal).getAddress();
			Arrays.fill(bytes, (bytes.length == 4) ? 3 : 6, bytes.length, (byte) 0);
			return InetAddress.getByAddress(bytes).getHostAddress();
		}
		catch (UnknownHostException ex) {
			return UNKNOWN;
		}
	}

}
