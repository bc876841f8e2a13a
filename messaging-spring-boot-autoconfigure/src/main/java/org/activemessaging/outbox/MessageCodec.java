package org.activemessaging.outbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/**
 * Writes a message as bytes and reads it again, each header with its type. Nothing in the
 * bytes names a class.
 */
final class MessageCodec {

	private static final int VERSION = 1;

	private MessageCodec() {
	}

	static byte[] write(Message<?> message) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			value(out, message.getPayload());
			for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
				if (!header.getKey().equals(MessageHeaders.ID) && !header.getKey().equals(MessageHeaders.TIMESTAMP)) {
					value(out, header.getKey());
					value(out, header.getValue());
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	static Message<?> read(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			int version = in.readByte();
			if (version != VERSION) {
				throw new IllegalArgumentException("Version " + version + " of stored messages is unknown");
			}
			Object payload = value(in);
			Map<String, Object> headers = new HashMap<>();
			while (in.available() > 0) {
				String name = (String) value(in);
				headers.put(name, value(in));
			}
			return new GenericMessage<>(payload, headers);
		}
		catch (IOException | ClassCastException ex) {
			throw new IllegalArgumentException("The stored message cannot be read", ex);
		}
	}

	private static void value(DataOutputStream out, Object value) throws IOException {
		if (value instanceof byte[] bytes) {
			bytes(out, 'b', bytes);
		}
		else if (value instanceof Boolean flag) {
			out.writeByte('z');
			out.writeBoolean(flag);
		}
		else if (value instanceof Duration duration) {
			out.writeByte('t');
			out.writeLong(duration.getSeconds());
			out.writeInt(duration.getNano());
		}
		else if (value instanceof Double || value instanceof Float) {
			out.writeByte((value instanceof Double) ? 'd' : 'f');
			out.writeDouble(((Number) value).doubleValue());
		}
		else if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long) {
			out.writeByte((value instanceof Byte) ? '1'
					: (value instanceof Short) ? '2' : (value instanceof Integer) ? '4' : '8');
			out.writeLong(((Number) value).longValue());
		}
		else if (value instanceof Number number) {
			out.writeByte('8');
			out.writeLong(number.longValue());
		}
		else {
			bytes(out, 's', value.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private static void bytes(DataOutputStream out, char type, byte[] bytes) throws IOException {
		out.writeByte(type);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static Object value(DataInputStream in) throws IOException {
		char type = (char) in.readByte();
		return switch (type) {
			case 'b' -> bytes(in);
			case 's' -> new String(bytes(in), StandardCharsets.UTF_8);
			case 'z' -> in.readBoolean();
			case 't' -> Duration.ofSeconds(in.readLong(), in.readInt());
			case 'd' -> in.readDouble();
			case 'f' -> (float) in.readDouble();
			case '1' -> (byte) in.readLong();
			case '2' -> (short) in.readLong();
			case '4' -> (int) in.readLong();
			case '8' -> in.readLong();
			default -> throw new IOException("Unknown type " + (int) type);
		};
	}

	private static byte[] bytes(DataInputStream in) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > in.available()) {
			throw new IOException("Wrong length " + length);
		}
		return in.readNBytes(length);
	}

}
