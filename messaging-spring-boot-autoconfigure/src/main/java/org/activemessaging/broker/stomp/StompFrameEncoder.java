package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Writes frames. Whether there is a length of the body is for whoever makes the frame to
 * say: with one, some brokers take the body for bytes, without for text.
 */
final class StompFrameEncoder {

	private StompFrameEncoder() {
	}

	static ByteBuf encode(StompFrame frame, StompVersion version) {
		// As brokers of version 1.0 may read it.
		StompVersion escapes = frame.command().equals("CONNECT") ? StompVersion.V1_0 : version;
		StringBuilder head = new StringBuilder(256).append(frame.command()).append('\n');
		for (Map.Entry<String, String> header : frame.headers().entrySet()) {
			head.append(escapes.escape(header.getKey())).append(':').append(escapes.escape(header.getValue()));
			head.append('\n');
		}
		head.append('\n');
		byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
		ByteBuf buffer = Unpooled.buffer(start.length + frame.body().length + 1);
		return buffer.writeBytes(start).writeBytes(frame.body()).writeByte(0);
	}

}
