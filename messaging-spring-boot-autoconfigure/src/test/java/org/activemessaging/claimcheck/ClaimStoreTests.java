package org.activemessaging.claimcheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.activemessaging.claimcheck.s3.S3ClaimStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Stores of payloads, the bucket by the SDK's own client.
 */
class ClaimStoreTests {

	private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

	private final S3Server server = S3Server.start("payloads");

	@TempDir
	private Path parent;

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void payloadIsGivenBackAndWhatIsNotThereIsNot(Kind kind) throws IOException {
		ClaimStore store = store(kind);
		ClaimKey key = ClaimKey.next(NOW);
		store.put(key, new byte[] { 1, 2, 3 });
		assertThat(store.get(key, 3)).containsExactly(1, 2, 3);
		assertThat(store.get(key, 2)).hasSizeLessThan(3);
		assertThat(store.get(ClaimKey.next(NOW), 3)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void whatIsOldIsRemovedByTheDayAndNothingElse(Kind kind) throws IOException {
		ClaimStore store = store(kind);
		List<ClaimKey> keys = IntStream.range(0, 10)
			.mapToObj((day) -> ClaimKey.next(NOW.minus(Duration.ofDays(day))))
			.toList();
		for (ClaimKey key : keys) {
			store.put(key, new byte[] { 1 });
		}
		this.server.objects().put("claims/2000-01-01/of-somebody", new byte[0]);
		this.server.objects().put("other", new byte[0]);
		ClaimCleanup cleanup = new ClaimCleanup(store, Duration.ofDays(4), Duration.ofHours(1),
				Clock.fixed(NOW, ZoneOffset.UTC));
		assertThat(cleanup.clean()).isEqualTo(5);
		assertThat(cleanup.clean()).isZero();
		for (int day = 0; day < keys.size(); day++) {
			assertThat(store.get(keys.get(day), 1)).isEqualTo((day <= 4) ? new byte[] { 1 } : null);
		}
		assertThat(this.server.objects()).containsKeys("claims/2000-01-01/of-somebody", "other");
	}

	@Test
	void bucketThatDoesNotAnswerIsNoMissingPayload() throws IOException {
		ClaimStore store = store(Kind.BUCKET);
		this.server.breakDown();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.get(ClaimKey.next(NOW), 1))
			.withMessageContaining("'payloads'");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.put(ClaimKey.next(NOW), new byte[1]))
			.withMessageContaining("'payloads'");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.removeBefore(LocalDate.EPOCH))
			.withMessageContaining("'payloads'");
	}

	// A disk that is not mounted leaves an empty folder behind.
	@Test
	void folderWithoutItsMarkerIsNoMissingPayload() throws IOException {
		ClaimStore store = store(Kind.FOLDER);
		Files.delete(this.parent.resolve("store/.claim-check"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.get(ClaimKey.next(NOW), 1))
			.withMessageContaining(".claim-check");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.put(ClaimKey.next(NOW), new byte[1]));
	}

	@Test
	void fileIsThereWithItsNameOrNotAtAll() throws IOException {
		ClaimStore store = store(Kind.FOLDER);
		ClaimKey key = ClaimKey.next(NOW);
		store.put(key, new byte[] { 1 });
		try (Stream<Path> files = Files.walk(this.parent.resolve("store"))) {
			assertThat(files.filter(Files::isRegularFile).map((file) -> this.parent.relativize(file).toString()))
				.containsExactlyInAnyOrder("store/.claim-check", "store/2026-11-28/" + key);
		}
		// A link may lead anywhere.
		ClaimKey link = ClaimKey.next(NOW);
		Path secret = Files.writeString(this.parent.resolve("secret"), "secret");
		Files.createSymbolicLink(this.parent.resolve("store/2026-11-28/" + link), secret);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.get(link, 100));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "../../secret", "/etc/passwd", "0197E3F2-0000-7000-8000-000000000000",
			"0197e3f2-0000-4000-8000-000000000000", "ffffffff-ffff-7000-8000-000000000000",
			"0197e3f2-0000-7000-8000-00000000000/", "0197e3f2-0000-7000-8000-000000000000\n" })
	void keyIsNothingButALowerCaseUuid(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ClaimKey.parse(text));
	}

	@Test
	void keySaysItsDayAndIsNeverTheSame() {
		ClaimKey key = ClaimKey.next(NOW);
		assertThat(ClaimKey.parse(key.toString())).isEqualTo(key);
		assertThat(key.day()).isEqualTo("2026-11-28");
		assertThat(IntStream.range(0, 1000).mapToObj((i) -> ClaimKey.next(NOW))).doesNotHaveDuplicates();
		assertThatIllegalArgumentException().isThrownBy(() -> new ClaimKey(UUID.randomUUID()));
	}

	private ClaimStore store(Kind kind) throws IOException {
		if (kind == Kind.FOLDER) {
			return FolderClaimStore.open(this.parent.resolve("store"));
		}
		return new S3ClaimStore(this.server.client(), "payloads", "claims/", true);
	}

	/**
	 * Kinds of stores.
	 */
	enum Kind {

		/**
		 * A folder.
		 */
		FOLDER,

		/**
		 * A bucket.
		 */
		BUCKET

	}

}
