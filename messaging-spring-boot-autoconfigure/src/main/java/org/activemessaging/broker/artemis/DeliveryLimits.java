package org.activemessaging.broker.artemis;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * After how many deliveries the broker itself gives a message up. Only who may manage the
 * broker is told; nobody else is asked again.
 */
final class DeliveryLimits {

	private static final Log logger = LogFactory.getLog(DeliveryLimits.class);

	private static final String MANAGEMENT = "activemq.management";

	private static final Pattern LIMIT = Pattern.compile("maxDeliveryAttempts\\W+?(-?\\d+)");

	// In milliseconds.
	private static final long PATIENCE = 1000;

	private final Map<String, Integer> limits = new HashMap<>();

	private final ClientSession session;

	private boolean silent;

	DeliveryLimits(ClientSession session) {
		this.session = session;
	}

	/**
	 * Asks about an address, unless that was done before.
	 * @param address the address
	 */
	void ask(String address) {
		if (this.silent || this.limits.containsKey(address)) {
			return;
		}
		Integer limit = null;
		try {
			limit = request(address);
		}
		catch (Exception ex) {
			logger.debug("The broker does not tell after how many deliveries it gives a message up", ex);
		}
		if (limit == null) {
			this.silent = true;
		}
		else {
			this.limits.put(address, limit);
		}
	}

	private @Nullable Integer request(String address) throws Exception {
		ClientRequestor requestor = new ClientRequestor(this.session, MANAGEMENT);
		try {
			ClientMessage request = this.session.createMessage(false);
			request.putStringProperty(ManagementHelper.HDR_RESOURCE_NAME, SimpleString.of("broker"));
			request.putStringProperty(ManagementHelper.HDR_OPERATION_NAME, SimpleString.of("getAddressSettingsAsJSON"));
			request.getBodyBuffer().writeNullableSimpleString(SimpleString.of("[\"" + address + "\"]"));
			ClientMessage reply = requestor.request(request, PATIENCE);
			if (reply == null || !ManagementHelper.hasOperationSucceeded(reply)) {
				return null;
			}
			Matcher limit = LIMIT.matcher(String.valueOf(reply.getBodyBuffer().readNullableSimpleString()));
			return limit.find() ? Integer.parseInt(limit.group(1)) : -1;
		}
		finally {
			requestor.close();
		}
	}

	/**
	 * Returns what is known.
	 * @return the limit of each address that has one
	 */
	Map<String, Integer> known() {
		Map<String, Integer> known = new TreeMap<>(this.limits);
		known.values().removeIf((limit) -> limit <= 0);
		return known;
	}

}
