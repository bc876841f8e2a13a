package org.activemessaging.security;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads everything that is written to the output during the tests of this module, and
 * fails the test during which a secret appears there. Registered for all tests.
 */
public final class SecretsInOutputExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private static final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();

	private static boolean installed;

	@Override
	public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
		synchronized (SecretsInOutputExtension.class) {
			if (!installed) {
				installed = true;
				System.setOut(new PrintStream(new Reader(stream("out")), true, StandardCharsets.UTF_8));
				System.setErr(new PrintStream(new Reader(stream("err")), true, StandardCharsets.UTF_8));
			}
		}
	}

	// Nobody here may print; this class only passes on what others do.
	private static PrintStream stream(String name) throws ReflectiveOperationException {
		return (PrintStream) System.class.getField(name).get(null);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		check();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		check();
	}

	private static void check() {
		assertThat(takeFound()).as("secrets in the output").isEmpty();
	}

	/**
	 * Returns where secrets were found, and forgets it.
	 */
	static List<String> takeFound() {
		List<String> taken = new ArrayList<>();
		for (String text = found.poll(); text != null; text = found.poll()) {
			taken.add(text);
		}
		return taken;
	}

	/**
	 * Passes on what is written, and looks for the beginning of a secret in it, byte by
	 * byte.
	 */
	private static final class Reader extends OutputStream {

		private static final byte[] WANTED = Secrets.CANARY.getBytes(StandardCharsets.US_ASCII);

		private final StringBuilder line = new StringBuilder();

		private final PrintStream target;

		private int matching;

		private boolean inLine;

		Reader(PrintStream target) {
			this.target = target;
		}

		@Override
		public synchronized void write(int value) {
			look((byte) value);
			this.target.write(value);
		}

		@Override
		public synchronized void write(byte[] bytes, int offset, int length) {
			for (int i = offset; i < offset + length; i++) {
				look(bytes[i]);
			}
			this.target.write(bytes, offset, length);
		}

		private void look(byte value) {
			if (value == '\n') {
				endLine();
				return;
			}
			if (this.line.length() < 1000) {
				this.line.append((char) (value & 0xFF));
			}
			// No byte of the beginning but the first comes twice in it.
			this.matching = (value == WANTED[this.matching]) ? this.matching + 1 : (value == WANTED[0]) ? 1 : 0;
			if (this.matching == WANTED.length) {
				this.matching = 0;
				this.inLine = true;
			}
		}

		private void endLine() {
			if (this.inLine) {
				found.add(this.line.toString());
				this.inLine = false;
			}
			this.matching = 0;
			this.line.setLength(0);
		}

		@Override
		public void flush() {
			this.target.flush();
		}

	}

}
