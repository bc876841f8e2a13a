package org.activemessaging.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.payload.WrittenPayload;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The binary mode: the data is the payload, the attributes are headers with the names
 * that the AMQP binding gives them for the sake of Jakarta Messaging.
 */
final class CloudEventHeaders {

	static final String PREFIX = "cloudEvents_";

	// The other prefix of the AMQP binding, which is no name for Jakarta Messaging.
	private static final String AMQP_PREFIX = "cloudEvents:";

	private CloudEventHeaders() {
	}

	static WrittenPayload write(CloudEvent event) {
		Map<String, Object> headers = new HashMap<>();
		CloudEventAttributes.of(event).forEach((name, value) -> headers.put(PREFIX + name, value));
		String contentType = event.getDataContentType();
		if (contentType != null) {
			headers.put(MessagingHeaders.CONTENT_TYPE, contentType);
		}
		CloudEventData data = event.getData();
		byte[] bytes = (data != null) ? data.toBytes() : new byte[0];
		return new WrittenPayload(isText(contentType) ? new String(bytes, StandardCharsets.UTF_8) : (Object) bytes,
				headers);
	}

	// In UTF-8 only: what is said to be in another charset is left as it is.
	static boolean isText(@Nullable String contentType) {
		if (contentType == null) {
			return true;
		}
		MimeType type = MimeTypeUtils.parseMimeType(contentType);
		return (type.getType().equals("text") || isJson(contentType) || type.getSubtype().equals("xml")
				|| type.getSubtype().endsWith("+xml"))
				&& (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
	}

	static boolean isJson(@Nullable String contentType) {
		if (contentType == null) {
			return true;
		}
		String subtype = MimeTypeUtils.parseMimeType(contentType).getSubtype();
		return subtype.equals("json") || subtype.endsWith("+json");
	}

	static CloudEvent read(Message<?> message) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		MessageHeaders headers = message.getHeaders();
		headers.forEach((name, value) -> {
			if (name.startsWith(PREFIX) || name.startsWith(AMQP_PREFIX)) {
				attributes.put(name.substring(PREFIX.length()), value);
			}
		});
		if (attributes.isEmpty()) {
			throw new IllegalArgumentException("The message is no CloudEvent: it has neither the content type "
					+ CloudEventJson.CONTENT_TYPE + " nor the header '" + PREFIX + "specversion'");
		}
		Object contentType = headers.get(MessagingHeaders.CONTENT_TYPE);
		if (contentType != null) {
			attributes.put(CloudEventAttributes.DATA_CONTENT_TYPE, contentType.toString());
		}
		CloudEventBuilder builder = CloudEventAttributes.read(attributes);
		byte[] data = bytes(message.getPayload());
		return ((data.length > 0) ? builder.withData(data) : builder).build();
	}

	private static byte[] bytes(Object payload) {
		if (payload instanceof byte[] bytes) {
			return bytes;
		}
		if (payload instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		throw new IllegalArgumentException("The data of a CloudEvent is text or bytes, not a map");
	}

}
