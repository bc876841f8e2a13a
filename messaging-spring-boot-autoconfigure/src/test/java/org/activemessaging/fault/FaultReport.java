package org.activemessaging.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes {@code target/fault-report.md}: a table with a row for each fault, this library
 * to the left and plain Spring Boot to the right. Rows are kept in files of their own, so
 * it does not matter which scenarios run together, and in which order.
 */
final class FaultReport {

	private static final Path ROWS = Path.of("target", "fault-report");

	private static final Path REPORT = Path.of("target", "fault-report.md");

	private static final String HEAD = """
			| fault | messages | kills | lost | handled twice (at most) | innocents in dead letters | time to recover \
			| plain: lost | plain: handled twice | plain: innocents in dead letters | plain: time to recover |
			|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
			""";

	private FaultReport() {
	}

	/**
	 * Writes a row.
	 * @param order where it stands in the table
	 * @param row the row
	 */
	static synchronized void write(String order, Row row) {
		try {
			Files.createDirectories(ROWS);
			Files.writeString(ROWS.resolve(order + ".md"), row.line());
			StringBuilder table = new StringBuilder(HEAD);
			try (Stream<Path> files = Files.list(ROWS)) {
				for (Path file : files.sorted().toList()) {
					table.append(Files.readString(file));
				}
			}
			Files.writeString(REPORT, table);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A row of the table.
	 *
	 * @param fault what was done
	 * @param kills how often
	 * @param ours what became of the messages
	 * @param bound how many messages may be handled twice
	 * @param plain what became of them in a plain application, or {@code null}
	 */
	record Row(String fault, int kills, Verdict ours, int bound, Verdict plain) {

		private String line() {
			Stream<String> left = Stream.of(this.fault, String.valueOf(this.ours.acked()), String.valueOf(this.kills),
					String.valueOf(this.ours.lost().size()), this.ours.handledTwice().size() + " (" + this.bound + ")",
					String.valueOf(this.ours.innocents().size()), seconds(this.ours.recovery()));
			return "| " + String.join(" | ", Stream.concat(left, right().stream()).toList()) + " |\n";
		}

		private List<String> right() {
			return (this.plain == null) ? List.of("–", "–", "–", "–")
					: List.of(this.plain.lost().size() + " of " + this.plain.acked(),
							String.valueOf(this.plain.handledTwice().size()),
							String.valueOf(this.plain.innocents().size()), seconds(this.plain.recovery()));
		}

		private static String seconds(Duration duration) {
			return duration.isZero() ? "–" : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
		}

	}

}
