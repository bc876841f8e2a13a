package org.activemessaging.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.MimeType;

/**
 * The structured mode: the whole event as JSON. Written here, on Jackson 3, as the format
 * of the SDK for Java stands on Jackson 2.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON
 * event format</a>
 */
final class CloudEventJson {

	static final String CONTENT_TYPE = "application/cloudevents+json";

	private static final String DATA = "data";

	private static final String BASE64 = "data_base64";

	private final JsonMapper mapper;

	CloudEventJson(JsonMapper mapper) {
		this.mapper = mapper;
	}

	static boolean isMeantBy(MimeType contentType) {
		return contentType.getType().equals("application") && contentType.getSubtype().equals("cloudevents+json");
	}

	String write(CloudEvent event) {
		ObjectNode root = this.mapper.createObjectNode();
		CloudEventAttributes.of(event).forEach((name, value) -> root.set(name, this.mapper.valueToTree(value)));
		String contentType = event.getDataContentType();
		if (contentType != null) {
			root.put(CloudEventAttributes.DATA_CONTENT_TYPE, contentType);
		}
		CloudEventData data = event.getData();
		if (data != null) {
			write(root, contentType, data.toBytes());
		}
		return this.mapper.writeValueAsString(root);
	}

	private void write(ObjectNode root, @Nullable String contentType, byte[] data) {
		if (!CloudEventHeaders.isText(contentType)) {
			root.put(BASE64, Base64.getEncoder().encodeToString(data));
			return;
		}
		if (!CloudEventHeaders.isJson(contentType)) {
			root.put(DATA, new String(data, StandardCharsets.UTF_8));
			return;
		}
		try {
			root.set(DATA, this.mapper.readTree(data));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"The data of the CloudEvent is not JSON, although its 'datacontenttype' says so", ex);
		}
	}

	CloudEvent read(String text) {
		JsonNode root = tree(text);
		byte[] data = data(root, contentType(root));
		CloudEventBuilder builder = CloudEventAttributes.read(attributes(root));
		return ((data != null) ? builder.withData(data) : builder).build();
	}

	/**
	 * Reads the data of an event, as JSON.
	 * @param text the event
	 * @return the data
	 * @throws IllegalArgumentException if it is no event, or its data is no JSON
	 */
	JsonNode readData(String text) {
		JsonNode root = tree(text);
		CloudEventAttributes.read(attributes(root));
		String contentType = contentType(root);
		byte[] data = data(root, contentType);
		if (data == null) {
			throw new IllegalArgumentException("The CloudEvent has no 'data'");
		}
		if (!CloudEventHeaders.isJson(contentType)) {
			throw new IllegalArgumentException(
					"The data of the CloudEvent is not JSON: take the event as a CloudEvent, and its data from that");
		}
		return root.has(DATA) ? root.get(DATA) : this.mapper.readTree(data);
	}

	private JsonNode tree(String text) {
		JsonNode root;
		try {
			root = this.mapper.readTree(text);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The CloudEvent is not valid JSON: " + ex.getOriginalMessage(), ex);
		}
		if (!root.isObject()) {
			throw new IllegalArgumentException("A CloudEvent in JSON is an object");
		}
		if (root.has(DATA) && root.has(BASE64)) {
			throw new IllegalArgumentException("The CloudEvent has both 'data' and 'data_base64'");
		}
		return root;
	}

	private static @Nullable String contentType(JsonNode root) {
		JsonNode contentType = root.get(CloudEventAttributes.DATA_CONTENT_TYPE);
		return (contentType != null && contentType.isString()) ? contentType.asString() : null;
	}

	private static Map<String, Object> attributes(JsonNode root) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> property : root.properties()) {
			String name = property.getKey();
			JsonNode value = property.getValue();
			if (!name.equals(DATA) && !name.equals(BASE64) && !value.isNull()) {
				attributes.put(name, value(name, value));
			}
		}
		return attributes;
	}

	private static Object value(String name, JsonNode value) {
		if (value.isString()) {
			return value.asString();
		}
		if (value.isBoolean()) {
			return value.asBoolean();
		}
		if (value.isInt()) {
			return value.asInt();
		}
		throw new IllegalArgumentException("The attribute '" + name.replaceAll("\\p{Cntrl}", "?")
				+ "' of the CloudEvent is neither a text nor a boolean nor an integer of 32 bits");
	}

	private byte @Nullable [] data(JsonNode root, @Nullable String contentType) {
		JsonNode base64 = root.get(BASE64);
		if (base64 != null && !base64.isNull()) {
			try {
				return Base64.getDecoder().decode(base64.asString());
			}
			catch (RuntimeException ex) {
				throw new IllegalArgumentException("The 'data_base64' of the CloudEvent is not Base64", ex);
			}
		}
		JsonNode data = root.get(DATA);
		if (data == null || data.isNull()) {
			return null;
		}
		return (data.isString() && !CloudEventHeaders.isJson(contentType))
				? data.asString().getBytes(StandardCharsets.UTF_8) : this.mapper.writeValueAsBytes(data);
	}

}
