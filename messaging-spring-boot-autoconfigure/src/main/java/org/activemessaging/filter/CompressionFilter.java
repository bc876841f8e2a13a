package org.activemessaging.filter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.PayloadTooLargeException;
import org.activemessaging.RejectMessageException;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Compresses payloads by gzip, and decompresses them.
 *
 * @since 0.1.0
 */
public final class CompressionFilter implements MessageFilter {

	private static final String GZIP = "gzip";

	private final long threshold;

	private final long maxPayloadSize;

	/**
	 * Creates a filter.
	 * @param threshold from how many bytes or characters on a payload is compressed
	 * @param maxPayloadSize how many bytes a payload has at most when it is decompressed
	 */
	public CompressionFilter(long threshold, long maxPayloadSize) {
		this.threshold = threshold;
		this.maxPayloadSize = maxPayloadSize;
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		chain.proceed((routing.direction() == Direction.OUTBOUND) ? compress(message) : decompress(message));
	}

	private Message<?> compress(Message<?> message) throws IOException {
		Object payload = message.getPayload();
		if (message.getHeaders().containsKey(MessagingHeaders.CONTENT_ENCODING)) {
			// The application has done so itself.
			return message;
		}
		if (payload instanceof String text && text.length() >= this.threshold) {
			return compressed(message, text.getBytes(StandardCharsets.UTF_8), true);
		}
		return (payload instanceof byte[] bytes && bytes.length >= this.threshold) ? compressed(message, bytes, false)
				: message;
	}

	private static Message<?> compressed(Message<?> message, byte[] bytes, boolean text) throws IOException {
		ByteArrayOutputStream target = new ByteArrayOutputStream(bytes.length / 4);
		try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
			gzip.write(bytes);
		}
		if (target.size() >= bytes.length) {
			return message;
		}
		MessageBuilder<?> builder = MessageBuilder.withPayload(target.toByteArray())
			.copyHeaders(message.getHeaders())
			.setHeader(MessagingHeaders.CONTENT_ENCODING, GZIP);
		return (text ? builder.setHeader(MessagingHeaders.TEXT, true) : builder).build();
	}

	private Message<?> decompress(Message<?> message) {
		Object header = message.getHeaders().get(MessagingHeaders.CONTENT_ENCODING);
		String encoding = (header != null) ? header.toString().strip().toLowerCase(Locale.ROOT) : "identity";
		return switch (encoding) {
			case "identity" -> message;
			case GZIP, "x-gzip" -> decompressed(message);
			default -> throw new RejectMessageException("The payload has an encoding that is not known here ('"
					+ MessagingHeaders.CONTENT_ENCODING + "'); known is gzip");
		};
	}

	private Message<?> decompressed(Message<?> message) {
		if (!(message.getPayload() instanceof byte[] compressed)) {
			throw new RejectMessageException("A payload that is compressed consists of bytes, not of text");
		}
		byte[] bytes = inflate(compressed);
		boolean text = message.getHeaders().containsKey(MessagingHeaders.TEXT);
		return MessageBuilder.withPayload(text ? new String(bytes, StandardCharsets.UTF_8) : (Object) bytes)
			.copyHeaders(message.getHeaders())
			.removeHeader(MessagingHeaders.CONTENT_ENCODING)
			.removeHeader(MessagingHeaders.TEXT)
			.build();
	}

	// A small message may become an endless payload, so it is read up to what is taken.
	private byte[] inflate(byte[] compressed) {
		try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
			byte[] bytes = gzip.readNBytes((int) Math.min(this.maxPayloadSize, Integer.MAX_VALUE - 8));
			if (gzip.read() >= 0) {
				throw new PayloadTooLargeException(this.maxPayloadSize);
			}
			return bytes;
		}
		catch (IOException ex) {
			throw new RejectMessageException("The payload cannot be decompressed: " + ex.getMessage(), ex);
		}
	}

}
