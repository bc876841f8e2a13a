package org.activemessaging.samples.transcoder.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Ffmpeg}.
 */
class FfmpegTests {

	@TempDir
	private Path directory;

	private final Ffmpeg ffmpeg = new Ffmpeg(new FfmpegProperties(Duration.ofMinutes(1)));

	@Test
	void videoIsEncodedAndPlays() throws Exception {
		Path clip = Clips.make(this.directory, 3);
		VideoInfo info = this.ffmpeg.probe(clip);
		assertThat(info).isEqualTo(new VideoInfo(426, 240, 3));
		Path target = this.directory.resolve("target");
		List<Integer> percents = new CopyOnWriteArrayList<>();
		this.ffmpeg.encode(clip, info, EncodingProfile.PHONE, target, percents::add);
		assertThat(Clips.play(target)).isEmpty();
		VideoInfo encoded = this.ffmpeg.probe(target);
		assertThat(encoded.height()).isEqualTo(240);
		assertThat(encoded.seconds()).isCloseTo(3, within(0.2));
		assertThat(percents).isNotEmpty().isSorted().last().isEqualTo(100);
		Path poster = this.directory.resolve("poster");
		this.ffmpeg.poster(target, poster);
		assertThat(Files.readAllBytes(poster)).startsWith(0xFF, 0xD8);
	}

	@Test
	void damagedVideoDoesNotPlay() throws Exception {
		Path clip = Clips.make(this.directory, 1);
		byte[] bytes = Files.readAllBytes(clip);
		Path half = Files.write(this.directory.resolve("half.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
		assertThat(Clips.play(half)).isNotEmpty();
		assertThatExceptionOfType(NotAVideoException.class).isThrownBy(() -> this.ffmpeg.probe(half));
	}

	@Test
	void whatIsNoVideoIsRefusedWithItsCause() throws IOException {
		Path text = Files.writeString(this.directory.resolve("text.mp4"), "Can't touch this.");
		assertThatExceptionOfType(NotAVideoException.class).isThrownBy(() -> this.ffmpeg.probe(text))
			.withMessage("This is not a video: Invalid data found when processing input");
	}

	@Test
	void playlistIsRefusedEvenIfWhatItNamesIsThere() throws Exception {
		Path clip = Clips.make(this.directory, 1);
		Path playlist = Files.writeString(this.directory.resolve("list.m3u8"),
				"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + clip + "\n#EXT-X-ENDLIST\n");
		assertThatExceptionOfType(NotAVideoException.class).isThrownBy(() -> this.ffmpeg.probe(playlist));
	}

	@Test
	void fileThatIsNotThereIsAnotherFailure() {
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> this.ffmpeg.probe(this.directory.resolve("nothing")));
	}

	@Test
	void programThatTakesTooLongIsEnded() throws Exception {
		Path clip = Clips.make(this.directory, 3);
		Ffmpeg impatient = new Ffmpeg(new FfmpegProperties(Duration.ofMillis(1)));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> impatient.encode(clip, new VideoInfo(426, 240, 3),
				EncodingProfile.PHONE, this.directory.resolve("target"), (percent) -> {
				}))
			.withMessageContaining("longer than PT0.001S");
	}

}
