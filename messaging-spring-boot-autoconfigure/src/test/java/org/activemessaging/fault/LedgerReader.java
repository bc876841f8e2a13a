package org.activemessaging.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows a ledger while others write it.
 */
final class LedgerReader {

	private final List<LedgerEntry> entries = new ArrayList<>();

	private final Set<String> acked = new HashSet<>();

	private final Set<String> done = new HashSet<>();

	private final Path path;

	private long position;

	LedgerReader(Path path) {
		this.path = path;
	}

	synchronized List<LedgerEntry> entries() {
		refresh();
		return List.copyOf(this.entries);
	}

	synchronized long count(LedgerEntry.Type type) {
		refresh();
		return this.entries.stream().filter((entry) -> entry.type() == type).count();
	}

	synchronized int acked() {
		refresh();
		return this.acked.size();
	}

	/**
	 * Returns how many different messages are done.
	 */
	synchronized int done() {
		refresh();
		return this.done.size();
	}

	/**
	 * Returns the messages that the broker has taken and that are not done.
	 */
	synchronized Set<String> open() {
		refresh();
		Set<String> open = new HashSet<>(this.acked);
		open.removeAll(this.done);
		return open;
	}

	private void refresh() {
		if (!Files.exists(this.path)) {
			return;
		}
		try (FileChannel channel = FileChannel.open(this.path, StandardOpenOption.READ)) {
			ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size() - this.position));
			channel.read(buffer, this.position);
			String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
			String whole = text.substring(0, text.lastIndexOf('\n') + 1);
			this.position += whole.length();
			whole.lines().map(LedgerEntry::of).forEach(this::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(LedgerEntry entry) {
		this.entries.add(entry);
		if (entry.type() == LedgerEntry.Type.ACKED) {
			this.acked.add(entry.id());
		}
		else if (entry.type() == LedgerEntry.Type.DONE) {
			this.done.add(entry.id());
		}
	}

}
