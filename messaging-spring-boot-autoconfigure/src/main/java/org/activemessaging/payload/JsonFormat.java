package org.activemessaging.payload;

import java.lang.reflect.Type;

import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.MimeType;

/**
 * JSON by Jackson.
 *
 * @since 0.1.0
 */
public final class JsonFormat implements PayloadFormat {

	private final JsonMapper mapper;

	/**
	 * Creates a format.
	 * @param mapper what to read and write with; without default typing, as the type to
	 * read is the caller's alone
	 */
	public JsonFormat(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public boolean supports(MimeType contentType) {
		return contentType.getSubtype().equals("json") || contentType.getSubtype().endsWith("+json");
	}

	@Override
	public String write(Object payload) {
		return this.mapper.writeValueAsString(payload);
	}

	@Override
	public Object read(String text, Type type) {
		JavaType javaType = this.mapper.constructType(type);
		Object value = this.mapper.readValue(text, javaType);
		if (value == null) {
			throw new IllegalArgumentException("The payload is a JSON null");
		}
		return value;
	}

}
