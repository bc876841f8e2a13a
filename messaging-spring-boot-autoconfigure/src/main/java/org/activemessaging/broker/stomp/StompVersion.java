package org.activemessaging.broker.stomp;

import io.netty.handler.codec.CorruptedFrameException;
import org.jspecify.annotations.Nullable;

/**
 * The versions of STOMP, which differ in how a header is written: 1.0 knows no escapes,
 * 1.1 none for a carriage return.
 */
enum StompVersion {

	V1_0("1.0", "", ""),

	V1_1("1.1", "\\\n:", "\\nc"),

	V1_2("1.2", "\\\n:\r", "\\ncr");

	private final String label;

	private final String plain;

	private final String escaped;

	StompVersion(String label, String plain, String escaped) {
		this.label = label;
		this.plain = plain;
		this.escaped = escaped;
	}

	/**
	 * Returns the version that a broker has chosen.
	 * @param label the header of its answer, {@code null} from a broker that knows no
	 * other version than 1.0
	 */
	static @Nullable StompVersion of(@Nullable String label) {
		if (label == null) {
			return V1_0;
		}
		for (StompVersion version : values()) {
			if (version.label.equals(label)) {
				return version;
			}
		}
		return null;
	}

	/**
	 * Tells whether a name or a value can be written at all.
	 */
	boolean canWrite(String text) {
		return this != V1_0 || text.indexOf('\n') < 0;
	}

	String escape(String text) {
		StringBuilder result = null;
		for (int i = 0; i < text.length(); i++) {
			int index = this.plain.indexOf(text.charAt(i));
			if (index >= 0 && result == null) {
				result = new StringBuilder(text.length() + 8).append(text, 0, i);
			}
			if (result != null) {
				if (index >= 0) {
					result.append('\\').append(this.escaped.charAt(index));
				}
				else {
					result.append(text.charAt(i));
				}
			}
		}
		return (result != null) ? result.toString() : text;
	}

	/**
	 * Reads a name or a value.
	 * @throws CorruptedFrameException if it has an escape that there is not, which by the
	 * specification ends the connection
	 */
	String unescape(String text) {
		if (this == V1_0 || text.indexOf('\\') < 0) {
			return text;
		}
		StringBuilder result = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '\\') {
				int index = (++i < text.length()) ? this.escaped.indexOf(text.charAt(i)) : -1;
				if (index < 0) {
					throw new CorruptedFrameException("a header has an escape that STOMP " + this + " does not know");
				}
				character = this.plain.charAt(index);
			}
			result.append(character);
		}
		return result.toString();
	}

	@Override
	public String toString() {
		return this.label;
	}

}
