package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames, as many bytes at a time as there are. Netty gathers the bytes; its own
 * decoder of STOMP is not used as it drops a header whose value has a plain colon, which
 * in version 1.0 each message id has, and garbles characters beyond U+FFFF. Nor is the
 * one of Spring, which fails at a content type that it does not know, so that one message
 * of a stranger would end each connection that it is delivered to; and its encoder writes
 * escapes in version 1.0 too, and always a length.
 */
final class StompFrameDecoder extends ByteToMessageDecoder {

	private static final int LONGEST_COMMAND = 16;

	private final int maxHeaderSize;

	private final int maxBodySize;

	private StompVersion version = StompVersion.V1_0;

	private @Nullable StompFrame head;

	private int length;

	// How much of what was gathered is known not to contain the end.
	private int scanned;

	/**
	 * Creates a decoder for one connection.
	 * @param maxHeaderSize the longest head, in bytes
	 * @param maxBodySize the longest body, in bytes
	 */
	StompFrameDecoder(int maxHeaderSize, int maxBodySize) {
		this.maxHeaderSize = maxHeaderSize;
		this.maxBodySize = maxBodySize;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (this.head == null) {
			this.head = readHead(in);
		}
		if (this.head != null) {
			byte[] body = readBody(in);
			if (body != null) {
				StompFrame frame = new StompFrame(this.head.command(), this.head.headers(), body);
				this.head = null;
				this.scanned = 0;
				out.add(frame);
			}
		}
	}

	private @Nullable StompFrame readHead(ByteBuf in) {
		while (this.scanned == 0 && in.isReadable() && isEndOfLine(in.getByte(in.readerIndex()))) {
			in.skipBytes(1);
		}
		int start = in.readerIndex();
		int end = in.writerIndex();
		for (int i = start + this.scanned; i < end; i++) {
			if (in.getByte(i) == '\n' && (isEndOfHead(in, start, i))) {
				byte[] bytes = new byte[i - start];
				in.readBytes(bytes).skipBytes(1);
				this.scanned = 0;
				return parse(new String(bytes, StandardCharsets.UTF_8));
			}
			if (i - start >= this.maxHeaderSize) {
				throw new TooLongFrameException(
						"the headers of a frame are longer than " + this.maxHeaderSize + " bytes ('max-header-size')");
			}
		}
		this.scanned = end - start;
		checkCommand(in, start, end);
		return null;
	}

	private static boolean isEndOfHead(ByteBuf in, int start, int i) {
		return i > start && (in.getByte(i - 1) == '\n'
				|| (i > start + 1 && in.getByte(i - 1) == '\r' && in.getByte(i - 2) == '\n'));
	}

	private static boolean isEndOfLine(byte value) {
		return value == '\n' || value == '\r';
	}

	// What does not begin like a frame is no STOMP, and may never end.
	private static void checkCommand(ByteBuf in, int start, int end) {
		for (int i = start; i < end && !isEndOfLine(in.getByte(i)); i++) {
			if (i - start >= LONGEST_COMMAND || in.getByte(i) < 'A' || in.getByte(i) > 'Z') {
				throw noStomp();
			}
		}
	}

	private static CorruptedFrameException noStomp() {
		return new CorruptedFrameException("the other end does not speak STOMP");
	}

	private StompFrame parse(String text) {
		String[] lines = text.split("\n");
		String command = withoutReturn(lines[0]);
		switch (command) {
			case "CONNECTED", "MESSAGE", "RECEIPT", "ERROR" -> {
			}
			default -> throw noStomp();
		}
		StompVersion escapes = command.equals("CONNECTED") ? StompVersion.V1_0 : this.version;
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = 1; i < lines.length; i++) {
			String line = withoutReturn(lines[i]);
			int colon = line.indexOf(':');
			if (line.isEmpty()) {
				continue;
			}
			if (colon < 0) {
				throw new CorruptedFrameException("a header has no colon");
			}
			// Of a header that is repeated, the first one counts.
			headers.putIfAbsent(escapes.unescape(line.substring(0, colon)),
					escapes.unescape(line.substring(colon + 1)));
		}
		this.length = length(headers.get("content-length"));
		if (command.equals("CONNECTED")) {
			StompVersion chosen = StompVersion.of(headers.get("version"));
			this.version = (chosen != null) ? chosen : this.version;
		}
		return StompFrame.of(command, headers);
	}

	private static String withoutReturn(String line) {
		return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
	}

	private int length(@Nullable String value) {
		if (value == null) {
			return -1;
		}
		if (!value.matches("\\d{1,18}")) {
			throw new CorruptedFrameException("the length of a body is no number");
		}
		long number = Long.parseLong(value);
		if (number > this.maxBodySize) {
			throw tooLong();
		}
		return (int) number;
	}

	private TooLongFrameException tooLong() {
		return new TooLongFrameException(
				"the body of a frame is longer than " + this.maxBodySize + " bytes ('max-body-size')");
	}

	private byte @Nullable [] readBody(ByteBuf in) {
		int size = this.length;
		if (size < 0) {
			size = in.indexOf(in.readerIndex() + this.scanned, in.writerIndex(), (byte) 0) - in.readerIndex();
			this.scanned = in.readableBytes();
			if (size > this.maxBodySize || (size < 0 && this.scanned > this.maxBodySize)) {
				throw tooLong();
			}
			if (size < 0) {
				return null;
			}
		}
		if (in.readableBytes() <= size) {
			return null;
		}
		byte[] body = new byte[size];
		in.readBytes(body);
		if (in.readByte() != 0) {
			throw new CorruptedFrameException("a body is longer than its frame says");
		}
		return body;
	}

}
