package org.activemessaging.cloudevents;

import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a CloudEvent: taken from an event, or read from a message and checked
 * by name.
 */
final class CloudEventAttributes {

	static final String SPEC_VERSION = "specversion";

	static final String DATA_CONTENT_TYPE = "datacontenttype";

	private static final String[] REQUIRED = { SPEC_VERSION, "id", "source", "type" };

	private static final Set<String> OPTIONAL = Set.of(DATA_CONTENT_TYPE, "dataschema", "subject", "time");

	private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

	private CloudEventAttributes() {
	}

	/**
	 * Returns the attributes of an event, but for the content type of its data.
	 */
	static Map<String, Object> of(CloudEvent event) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		for (String name : REQUIRED) {
			attributes.put(name, String.valueOf(event.getAttribute(name)));
		}
		put(attributes, "subject", event.getSubject());
		put(attributes, "time", event.getTime());
		put(attributes, "dataschema", event.getDataSchema());
		for (String name : event.getExtensionNames()) {
			put(attributes, name, event.getExtension(name));
		}
		return attributes;
	}

	private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
		if (value instanceof Boolean || value instanceof Integer) {
			attributes.put(name, value);
		}
		else if (value instanceof byte[] bytes) {
			attributes.put(name, Base64.getEncoder().encodeToString(bytes));
		}
		else if (value != null) {
			attributes.put(name, value.toString());
		}
	}

	/**
	 * Checks an event that is to be published. Whoever has made it may have left
	 * something out.
	 */
	static void check(CloudEvent event) {
		if (event.getSpecVersion() != SpecVersion.V1) {
			throw new IllegalArgumentException(
					"The CloudEvent has the 'specversion' " + event.getSpecVersion() + "; 1.0 is known here");
		}
		for (String name : REQUIRED) {
			Object value = event.getAttribute(name);
			if (value == null || value.toString().isEmpty()) {
				throw missing(name);
			}
		}
	}

	/**
	 * Makes an event of the attributes of a message.
	 * @param attributes the attributes, as texts, booleans and numbers
	 * @return the event, still without data
	 * @throws IllegalArgumentException if an attribute is missing or wrong; the message
	 * names it
	 */
	static CloudEventBuilder read(Map<String, Object> attributes) {
		for (String name : REQUIRED) {
			if (!attributes.containsKey(name) || attributes.get(name).toString().isEmpty()) {
				throw missing(name);
			}
		}
		if (!"1.0".equals(attributes.get(SPEC_VERSION))) {
			throw new IllegalArgumentException("The attribute 'specversion' of the CloudEvent is not 1.0, which is the"
					+ " version that is known here");
		}
		CloudEventBuilder builder = CloudEventBuilder.v1();
		attributes.forEach((name, value) -> {
			try {
				set(builder, name, value);
			}
			catch (IllegalArgumentException | DateTimeException ex) {
				throw new IllegalArgumentException("The attribute '" + name.replaceAll("\\p{Cntrl}", "?")
						+ "' of the CloudEvent is not valid: " + ex.getMessage(), ex);
			}
		});
		return builder;
	}

	private static IllegalArgumentException missing(String name) {
		return new IllegalArgumentException("The CloudEvent has no attribute '" + name + "'");
	}

	private static void set(CloudEventBuilder builder, String name, Object value) {
		switch (name) {
			case SPEC_VERSION -> {
				// Checked before.
			}
			case "id" -> builder.withId(text(value));
			case "source" -> builder.withSource(URI.create(text(value)));
			case "type" -> builder.withType(text(value));
			case DATA_CONTENT_TYPE -> builder.withDataContentType(text(value));
			case "dataschema" -> builder.withDataSchema(URI.create(text(value)));
			case "subject" -> builder.withSubject(text(value));
			case "time" -> builder.withTime(OffsetDateTime.parse(text(value)));
			default -> extension(builder, name, value);
		}
	}

	private static String text(Object value) {
		if (value instanceof String text) {
			return text;
		}
		throw new IllegalArgumentException("it has to be a text");
	}

	private static void extension(CloudEventBuilder builder, String name, Object value) {
		if (!NAME.matcher(name).matches() || OPTIONAL.contains(name)) {
			throw new IllegalArgumentException("a name consists of lower-case letters and digits");
		}
		if (value instanceof Boolean bool) {
			builder.withExtension(name, bool);
		}
		else if (value instanceof Number number) {
			builder.withExtension(name, number);
		}
		else {
			builder.withExtension(name, text(value));
		}
	}

}
