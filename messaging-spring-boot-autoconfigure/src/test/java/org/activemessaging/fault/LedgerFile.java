package org.activemessaging.fault;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes down what happens to messages. Each entry is one write to a file opened for
 * appending, so it is there even if the JVM is killed next, and the entries of all JVMs
 * are in the order in which they happened.
 */
final class LedgerFile implements AutoCloseable {

	private final long pid = ProcessHandle.current().pid();

	private final FileOutputStream file;

	LedgerFile(Path path) {
		try {
			this.file = new FileOutputStream(path.toFile(), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void write(LedgerEntry.Type type, String id) {
		write(type, id, this.pid);
	}

	/**
	 * Notes that a process is dead: what it had begun is not being done any more.
	 */
	void killed(long pid) {
		write(LedgerEntry.Type.KILLED, "-", pid);
	}

	private void write(LedgerEntry.Type type, String id, long pid) {
		LedgerEntry entry = new LedgerEntry(type, id, pid, System.currentTimeMillis());
		try {
			this.file.write(entry.line().getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
