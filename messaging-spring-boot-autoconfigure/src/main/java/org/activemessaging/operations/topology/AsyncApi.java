package org.activemessaging.operations.topology;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.processor.ProcessorDefinition;

/**
 * Writes an AsyncAPI 3 document.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">The
 * specification</a>
 */
final class AsyncApi {

	private static final Map<String, String> PROTOCOLS = Map.of("rabbitmq", "amqp", "sqs", "sqs", "stomp", "stomp");

	private AsyncApi() {
	}

	static Map<String, Object> document(String application, String version, List<NamedDestination> destinations,
			List<ProcessorDefinition> processors, Set<String> published) {
		Map<String, Object> servers = new LinkedHashMap<>();
		Map<String, Object> channels = new LinkedHashMap<>();
		Map<String, Object> operations = new LinkedHashMap<>();
		for (NamedDestination destination : destinations) {
			Broker broker = destination.broker();
			servers.computeIfAbsent(broker.name(), (name) -> server(broker));
			channels.put(destination.name(), channel(destination, processors));
			if (published.contains(destination.name())) {
				operations.put("send-" + destination.name(), operation("send", destination));
			}
		}
		for (ProcessorDefinition processor : processors) {
			operations.put("receive-" + processor.id(), operation("receive", processor.destination()));
		}
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("asyncapi", "3.0.0");
		document.put("info", Map.of("title", application, "version", version));
		document.put("servers", servers);
		document.put("channels", channels);
		document.put("operations", operations);
		return document;
	}

	private static Map<String, Object> server(Broker broker) {
		String url = broker.profile().displayUrl();
		int slashes = url.indexOf("://");
		Map<String, Object> server = new LinkedHashMap<>();
		server.put("host", (slashes >= 0 && !url.contains("(")) ? url.substring(slashes + "://".length()) : url);
		server.put("protocol", PROTOCOLS.getOrDefault(broker.adapter().name(), "jms"));
		server.put("title", broker.name());
		return server;
	}

	private static Map<String, Object> channel(NamedDestination destination, List<ProcessorDefinition> processors) {
		Map<String, Object> messages = new LinkedHashMap<>();
		for (ProcessorDefinition processor : processors) {
			if (processor.destination().name().equals(destination.name())) {
				PayloadSchema schema = PayloadSchema.of(processor.method());
				messages.putIfAbsent(schema.name(), message(destination, schema));
			}
		}
		Map<String, Object> channel = new LinkedHashMap<>();
		channel.put("address", destination.publishAddress().name());
		channel.put("title", destination.name());
		channel.put("description", description(destination));
		channel.put("servers", List.of(reference("servers", destination.broker().name())));
		if (!messages.isEmpty()) {
			channel.put("messages", messages);
		}
		return channel;
	}

	private static String description(NamedDestination destination) {
		return switch (destination.type()) {
			case QUEUE -> "A queue: each message goes to one consumer.";
			case TOPIC -> "A topic: each consumer that listens gets each message.";
			case VIRTUAL_TOPIC -> "A virtual topic: each group of consumers gets each message once.";
		};
	}

	private static Map<String, Object> message(NamedDestination destination, PayloadSchema schema) {
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("name", schema.name());
		message.put("contentType", destination.contentType());
		message.put("payload", schema.schema());
		return message;
	}

	private static Map<String, Object> operation(String action, NamedDestination destination) {
		Map<String, Object> operation = new LinkedHashMap<>();
		operation.put("action", action);
		operation.put("channel", reference("channels", destination.name()));
		return operation;
	}

	private static Map<String, Object> reference(String section, String name) {
		String pointer = name.replace("~", "~0").replace("/", "~1");
		return Map.of("$ref",
				"#/" + section + "/" + URLEncoder.encode(pointer, StandardCharsets.UTF_8).replace("+", "%20"));
	}

}
