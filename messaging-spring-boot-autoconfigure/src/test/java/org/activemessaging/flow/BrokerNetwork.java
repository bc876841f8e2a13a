package org.activemessaging.flow;

import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;

import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.network.ConditionalNetworkBridgeFilterFactory;
import org.apache.activemq.network.DiscoveryNetworkConnector;
import org.apache.activemq.util.IntrospectionSupport;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;

/**
 * Makes a broker part of a network: {@code network=<URL>} connects it with another one,
 * in both directions; with {@code documented=true} it is set up as the documentation
 * says, by the very lines of it.
 */
final class BrokerNetwork {

	private static final Path DOCUMENTATION = Path.of("..", "docs", "brokers.md");

	private BrokerNetwork() {
	}

	static void join(BrokerService broker, Map<String, String> options) throws Exception {
		DiscoveryNetworkConnector connector = new DiscoveryNetworkConnector();
		connector.setName("network");
		connector.setDuplex(true);
		if (Boolean.parseBoolean(options.get("documented"))) {
			Document documentation = documentation();
			ConditionalNetworkBridgeFilterFactory filters = new ConditionalNetworkBridgeFilterFactory();
			set(filters, documentation, "conditionalNetworkBridgeFilterFactory");
			PolicyEntry policy = new PolicyEntry();
			set(policy, documentation, "policyEntry");
			policy.setNetworkBridgeFilterFactory(filters);
			PolicyMap policies = new PolicyMap();
			policies.setPolicyEntries(List.of(policy));
			broker.setDestinationPolicy(policies);
			set(connector, documentation, "networkConnector");
			ActiveMQTopic excluded = new ActiveMQTopic();
			set(excluded, documentation, "topic");
			connector.setExcludedDestinations(List.of(excluded));
		}
		if (options.containsKey("network")) {
			connector.setUri(new URI("static:(" + options.get("network") + ")?maxReconnectDelay=1000"));
			broker.addNetworkConnector(connector);
		}
	}

	private static Document documentation() throws Exception {
		String blocks = Pattern.compile("(?ms)^```xml\\n(.*?)^```")
			.matcher(Files.readString(DOCUMENTATION))
			.results()
			.map((result) -> result.group(1))
			.collect(Collectors.joining("", "<documentation>", "</documentation>"));
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(blocks)));
	}

	private static void set(Object target, Document documentation, String element) {
		NamedNodeMap attributes = documentation.getElementsByTagName(element).item(0).getAttributes();
		Map<String, String> settings = new HashMap<>();
		for (int i = 0; i < attributes.getLength(); i++) {
			settings.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
		}
		IntrospectionSupport.setProperties(target, settings);
		if (!settings.isEmpty()) {
			throw new IllegalStateException("There is no " + settings.keySet() + " of " + element);
		}
	}

}
