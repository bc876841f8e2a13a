package org.activemessaging.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.cloudevents.CloudEvent;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.payload.PayloadEnvelope;
import org.activemessaging.payload.WrittenPayload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.Message;
import org.springframework.util.MimeType;

/**
 * Writes and reads the CloudEvents that applications publish and process as such.
 *
 * @since 0.1.0
 */
public final class CloudEventEnvelope implements PayloadEnvelope {

	private final CloudEventJson json;

	private final Map<String, CloudEventsMode> modes;

	/**
	 * Creates an envelope.
	 * @param mapper what reads and writes JSON
	 * @param modes how events are published, by the logical name of the destination;
	 * binary where nothing is said
	 */
	public CloudEventEnvelope(JsonMapper mapper, Map<String, CloudEventsMode> modes) {
		this.json = new CloudEventJson(mapper);
		this.modes = Map.copyOf(modes);
	}

	@Override
	public boolean writes(Object payload) {
		return payload instanceof CloudEvent;
	}

	@Override
	public boolean reads(Class<?> type) {
		return type == CloudEvent.class;
	}

	@Override
	public WrittenPayload write(Object payload, String destination) {
		CloudEvent event = (CloudEvent) payload;
		CloudEventAttributes.check(event);
		return (this.modes.get(destination) == CloudEventsMode.STRUCTURED)
				? new WrittenPayload(this.json.write(event),
						Map.of(MessagingHeaders.CONTENT_TYPE, CloudEventJson.CONTENT_TYPE + "; charset=UTF-8"))
				: CloudEventHeaders.write(event);
	}

	@Override
	public Object read(Message<?> message, @Nullable MimeType contentType) {
		if (contentType == null || !CloudEventJson.isMeantBy(contentType)) {
			return CloudEventHeaders.read(message);
		}
		Object payload = message.getPayload();
		return this.json
			.read((payload instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : payload.toString());
	}

}
