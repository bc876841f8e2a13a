package org.activemessaging.broker.sqs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The headers of a message as attributes, of which the service allows ten: in the form of
 * Amazon's library as far as they fit and can be, and the others together in one that is
 * a JSON object. What is packed first are the headers of this library.
 */
final class SqsHeaders {

	static final String PACKED = MessagingHeaders.PREFIX + "headers";

	static final int MOST = 10;

	private static final String BOOLEAN = "Number.Boolean";

	private static final Pattern NAME = Pattern.compile("(?!(?i:aws|amazon)\\.)[A-Za-z0-9_-]{1,256}");

	// Within what the service takes for a number.
	private static final double LARGEST = 1e100;

	private static final double SMALLEST = 1e-100;

	private SqsHeaders() {
	}

	/**
	 * Adds headers to the attributes of a message.
	 * @param headers the headers
	 * @param attributes the attributes, with those that cannot be packed
	 */
	static void write(Map<String, Object> headers, Map<String, MessageAttributeValue> attributes) {
		List<String> direct = new ArrayList<>();
		Map<String, Object> packed = new TreeMap<>();
		headers.forEach((name, value) -> {
			if (isAttribute(name, value)) {
				direct.add(name);
			}
			else {
				packed.put(name, value);
			}
		});
		// Headers of the application first: others may want to read them.
		direct
			.sort((first, second) -> isOwn(first) != isOwn(second) ? (isOwn(first) ? 1 : -1) : first.compareTo(second));
		int room = MOST - attributes.size();
		if (direct.size() > room || !packed.isEmpty()) {
			room--;
		}
		for (String name : direct) {
			Object value = headers.get(name);
			if (value == null) {
				continue;
			}
			if (room > 0) {
				attributes.put(name, attribute(type(value), text(value)));
				room--;
			}
			else {
				packed.put(name, value);
			}
		}
		if (!packed.isEmpty()) {
			attributes.put(PACKED, attribute("String", json(packed)));
		}
	}

	private static boolean isOwn(String name) {
		return name.startsWith(MessagingHeaders.PREFIX);
	}

	private static boolean isAttribute(String name, Object value) {
		if (!NAME.matcher(name).matches() || "".equals(value)) {
			return false;
		}
		if (value instanceof Double || value instanceof Float) {
			double size = Math.abs(((Number) value).doubleValue());
			return size >= SMALLEST && size <= LARGEST;
		}
		return true;
	}

	static MessageAttributeValue attribute(String type, String value) {
		return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
	}

	private static String type(Object value) {
		return (value instanceof String) ? "String" : (value instanceof Boolean) ? BOOLEAN : "Number." + tag(value);
	}

	private static String tag(Object value) {
		return (value instanceof Integer) ? "int" : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
	}

	private static String text(Object value) {
		return (value instanceof Boolean flag) ? (flag ? "1" : "0") : value.toString();
	}

	// Text and booleans are those of JSON; a number is a list of its type and its value,
	// as JSON knows but one kind of them.
	private static String json(Map<String, Object> headers) {
		try (JsonWriter writer = JsonWriter.create()) {
			writer.writeStartObject();
			headers.forEach((name, value) -> {
				writer.writeFieldName(name);
				if (value instanceof String text) {
					writer.writeValue(text);
				}
				else if (value instanceof Boolean flag) {
					writer.writeValue(flag.booleanValue());
				}
				else {
					writer.writeStartArray().writeValue(tag(value)).writeValue(value.toString()).writeEndArray();
				}
			});
			writer.writeEndObject();
			return new String(writer.getBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Reads the headers of a message. What cannot be read is left as the text that it is,
	 * so that no message stops its queue.
	 * @param attributes its attributes
	 * @return the headers
	 */
	static Map<String, Object> read(Map<String, MessageAttributeValue> attributes) {
		Map<String, Object> headers = new LinkedHashMap<>();
		attributes.forEach((name, attribute) -> {
			String value = attribute.stringValue();
			if (value == null) {
				// A binary one, which Jakarta Messaging has no header for.
				return;
			}
			if (!name.equals(PACKED) || !unpack(value, headers)) {
				headers.put(name, value(attribute.dataType(), value));
			}
		});
		return headers;
	}

	private static boolean unpack(String json, Map<String, Object> headers) {
		try {
			Map<String, Object> unpacked = new LinkedHashMap<>();
			for (Map.Entry<String, JsonNode> entry : JsonNode.parser().parse(json).asObject().entrySet()) {
				Object value = value(entry.getValue());
				if (value == null) {
					return false;
				}
				unpacked.put(entry.getKey(), value);
			}
			headers.putAll(unpacked);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static @Nullable Object value(JsonNode node) {
		if (node.isString()) {
			return node.asString();
		}
		if (node.isBoolean()) {
			return node.asBoolean();
		}
		if (!node.isArray() || node.asArray().size() != 2) {
			return null;
		}
		return value("Number." + node.asArray().get(0).asString(), node.asArray().get(1).asString());
	}

	private static Object value(String type, String value) {
		try {
			return switch (type) {
				case "Number.int" -> Integer.valueOf(value);
				case "Number.long" -> Long.valueOf(value);
				case BOOLEAN -> value.equals("1");
				case "Number.byte" -> Byte.valueOf(value);
				case "Number.short" -> Short.valueOf(value);
				case "Number.float" -> Float.valueOf(value);
				case "Number.double" -> Double.valueOf(value);
				default -> value;
			};
		}
		catch (NumberFormatException ex) {
			return value;
		}
	}

}
