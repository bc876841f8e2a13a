package org.activemessaging.cloudevents;

import java.lang.reflect.Type;

import org.activemessaging.payload.PayloadFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.util.MimeType;

/**
 * Reads the data of a CloudEvent in the structured mode, for processors that do not care
 * about its attributes. Comes before the format of all JSON.
 *
 * @since 0.1.0
 */
public final class CloudEventFormat implements PayloadFormat, Ordered {

	private final JsonMapper mapper;

	private final CloudEventJson json;

	/**
	 * Creates a format.
	 * @param mapper what reads JSON
	 */
	public CloudEventFormat(JsonMapper mapper) {
		this.mapper = mapper;
		this.json = new CloudEventJson(mapper);
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public boolean supports(MimeType contentType) {
		return CloudEventJson.isMeantBy(contentType);
	}

	@Override
	public String write(Object payload) {
		throw new IllegalArgumentException(
				"Only a CloudEvent can be published with the content type " + CloudEventJson.CONTENT_TYPE);
	}

	@Override
	public Object read(String text, Type type) {
		JsonNode data = this.json.readData(text);
		return this.mapper.treeToValue(data, this.mapper.constructType(type));
	}

}
