package org.activemessaging.samples.transcoder.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.bytedeco.javacpp.Loader;

/**
 * Makes videos for tests, and plays them.
 */
public final class Clips {

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private Clips() {
	}

	/**
	 * Makes a small video with sound.
	 * @param directory the folder to write it to
	 * @param seconds how long it is to be
	 * @return the file
	 */
	public static Path make(Path directory, int seconds) throws IOException, InterruptedException {
		return make(directory, "426x240", seconds);
	}

	/**
	 * Makes a video with sound.
	 * @param directory the folder to write it to
	 * @param size the size of its picture
	 * @param seconds how long it is to be
	 * @return the file
	 */
	public static Path make(Path directory, String size, int seconds) throws IOException, InterruptedException {
		Path file = directory.resolve("clip-" + size + "-" + seconds + ".mp4");
		new Ffmpeg(new FfmpegProperties(TIMEOUT)).generate("testsrc2=size=" + size + ":rate=25", 440, seconds, file);
		return file;
	}

	/**
	 * Plays a video to its end.
	 * @param file the file
	 * @return what ffmpeg has to complain of; nothing if the video is sound
	 */
	public static String play(Path file) throws IOException, InterruptedException {
		Executable.Result result = new Executable(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class), TIMEOUT)
			.run((line) -> {
			}, List.of("-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-"));
		return (result.exitValue() != 0) ? result.exitValue() + " " + result.errors() : result.errors();
	}

}
