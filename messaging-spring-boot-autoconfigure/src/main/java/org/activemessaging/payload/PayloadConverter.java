package org.activemessaging.payload;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Converts between objects and the form that payloads have in a message: text, bytes or a
 * map. Text and bytes are handed over as they are; bytes wanted as text, and text wanted
 * as bytes, are converted by the charset of the content type, UTF-8 by default. For
 * anything else a {@link PayloadFormat} is chosen by the content type. A message without
 * one, or with one that says nothing, is YAML if it starts as a YAML document does, else
 * JSON.
 *
 * @since 0.1.0
 */
public final class PayloadConverter implements SmartMessageConverter {

	private static final String[] CONTENT_TYPE_HEADERS = { MessagingHeaders.CONTENT_TYPE, MessageHeaders.CONTENT_TYPE,
			"content-type" };

	private static final MimeType YAML = new MimeType("application", "yaml");

	private static final String YAML_DOCUMENT = "---";

	private static final int CACHED_CONTENT_TYPES = 256;

	private final List<PayloadFormat> formats;

	private final List<PayloadEnvelope> envelopes;

	// Bounded, as the keys come from messages.
	private final Map<String, MimeType> contentTypes = new ConcurrentHashMap<>();

	/**
	 * Creates a converter.
	 * @param formats the formats it knows, the first one that fits is taken
	 */
	public PayloadConverter(List<PayloadFormat> formats) {
		this(formats, List.of());
	}

	/**
	 * Creates a converter.
	 * @param formats the formats it knows, the first one that fits is taken
	 * @param envelopes the envelopes it knows, which are asked before the formats
	 */
	public PayloadConverter(List<PayloadFormat> formats, List<PayloadEnvelope> envelopes) {
		this.formats = List.copyOf(formats);
		this.envelopes = List.copyOf(envelopes);
	}

	/**
	 * Writes a payload for a destination.
	 * @param payload the payload
	 * @param contentType the content type for objects that are neither text nor bytes and
	 * do not say it themselves
	 * @param destination the logical name of the destination
	 * @return text or bytes, and the headers that tell what it is
	 * @throws MessageConversionException if the payload cannot be written
	 */
	public WrittenPayload write(Object payload, String contentType, String destination) {
		for (PayloadEnvelope envelope : this.envelopes) {
			if (envelope.writes(payload)) {
				return envelope.write(payload, destination);
			}
		}
		Object written = write(payload, contentType);
		return new WrittenPayload(written,
				(written != payload) ? Map.of(MessagingHeaders.CONTENT_TYPE, contentType) : Map.of());
	}

	/**
	 * Writes a payload.
	 * @param payload the payload
	 * @param contentType the content type for objects that are neither text nor bytes
	 * @return a {@code String} or a {@code byte[]}
	 * @throws MessageConversionException if the payload cannot be written
	 */
	public Object write(Object payload, String contentType) {
		if (payload instanceof CharSequence text) {
			return text.toString();
		}
		if (payload instanceof byte[]) {
			return payload;
		}
		try {
			return format(parse(contentType)).write(payload);
		}
		catch (MessageConversionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new MessageConversionException("A payload of type " + payload.getClass().getName()
					+ " cannot be written as " + contentType + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		Object payload = message.getPayload();
		if (targetClass.isInstance(payload)) {
			return payload;
		}
		MimeType contentType = contentType(message.getHeaders());
		for (PayloadEnvelope envelope : this.envelopes) {
			if (envelope.reads(targetClass)) {
				return read(envelope, message, contentType);
			}
		}
		if (targetClass == byte[].class && payload instanceof String text) {
			return text.getBytes(charset(contentType));
		}
		if (targetClass == String.class && payload instanceof byte[] bytes) {
			return new String(bytes, charset(contentType));
		}
		if (payload instanceof String || payload instanceof byte[]) {
			return read(payload, contentType, targetType(targetClass, conversionHint));
		}
		throw new MessageConversionException(message, "A message with a payload of type "
				+ payload.getClass().getSimpleName() + " cannot be read as " + targetClass.getName());
	}

	private static Object read(PayloadEnvelope envelope, Message<?> message, @Nullable MimeType contentType) {
		try {
			return envelope.read(message, contentType);
		}
		catch (RuntimeException ex) {
			throw new MessageConversionException(message, ex.getMessage(), ex);
		}
	}

	private Object read(Object payload, @Nullable MimeType contentType, Type targetType) {
		String text = (payload instanceof byte[] bytes) ? new String(bytes, charset(contentType)) : (String) payload;
		try {
			return format(readable(contentType, text)).read(text, targetType);
		}
		catch (MessageConversionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new MessageConversionException(
					"The payload cannot be read as " + targetType.getTypeName() + ": " + ex.getMessage(), ex);
		}
	}

	// Clients of other languages label JSON and YAML as plain text, or as bytes, or not
	// at
	// all. No JSON starts as the documents do that Ruby writes.
	private static MimeType readable(@Nullable MimeType contentType, String text) {
		if (contentType == null || contentType.equalsTypeAndSubtype(MimeTypeUtils.TEXT_PLAIN)
				|| contentType.equalsTypeAndSubtype(MimeTypeUtils.APPLICATION_OCTET_STREAM)) {
			return text.startsWith(YAML_DOCUMENT) ? YAML : MimeTypeUtils.APPLICATION_JSON;
		}
		return contentType;
	}

	private static Type targetType(Class<?> targetClass, @Nullable Object conversionHint) {
		if (conversionHint instanceof MethodParameter parameter) {
			MethodParameter payload = Message.class.isAssignableFrom(parameter.getParameterType()) ? parameter.nested()
					: parameter;
			return GenericTypeResolver.resolveType(payload.getNestedGenericParameterType(),
					payload.getContainingClass());
		}
		return targetClass;
	}

	private PayloadFormat format(MimeType contentType) {
		for (PayloadFormat format : this.formats) {
			if (format.supports(contentType)) {
				return format;
			}
		}
		throw new MessageConversionException("There is no format for content type '" + contentType + "'");
	}

	private @Nullable MimeType contentType(MessageHeaders headers) {
		for (String name : CONTENT_TYPE_HEADERS) {
			Object value = headers.get(name);
			if (value != null) {
				return (value instanceof MimeType mimeType) ? mimeType : parse(value.toString());
			}
		}
		return null;
	}

	private MimeType parse(String value) {
		MimeType contentType = this.contentTypes.get(value);
		if (contentType == null) {
			try {
				contentType = MimeTypeUtils.parseMimeType(value);
			}
			catch (RuntimeException ex) {
				throw new MessageConversionException("The content type of the message cannot be understood", ex);
			}
			if (this.contentTypes.size() < CACHED_CONTENT_TYPES) {
				this.contentTypes.put(value, contentType);
			}
		}
		return contentType;
	}

	private static Charset charset(@Nullable MimeType contentType) {
		Charset charset = (contentType != null) ? contentType.getCharset() : null;
		return (charset != null) ? charset : StandardCharsets.UTF_8;
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return toMessage(payload, headers, null);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		return MessageBuilder.withPayload(write(payload, MimeTypeUtils.APPLICATION_JSON_VALUE))
			.copyHeaders(headers)
			.build();
	}

}
