package org.activemessaging.samples.transcoder.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.bytedeco.javacpp.Loader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Reads and writes videos with ffmpeg. Uploads are the work of strangers: only containers
 * of videos are opened, and nothing but the file itself, so that a playlist cannot make
 * ffmpeg fetch something else.
 */
@Component
@EnableConfigurationProperties(FfmpegProperties.class)
public final class Ffmpeg implements DisposableBean {

	private static final List<String> INPUT = List.of("-v", "error", "-protocol_whitelist", "file", "-format_whitelist",
			"mov,matroska,avi,flv,asf,mpeg,mpegts,ogg");

	private static final List<String> OUTPUT = List.of("-nostdin", "-y", "-threads", "1");

	private static final String ELAPSED = "out_time_us=";

	private final Executable ffmpeg;

	private final Executable ffprobe;

	Ffmpeg(FfmpegProperties properties) {
		this.ffmpeg = new Executable(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class), properties.timeout());
		this.ffprobe = new Executable(Loader.load(org.bytedeco.ffmpeg.ffprobe.class), properties.timeout());
	}

	/**
	 * Reads what a file says about its video.
	 * @param file the file
	 * @return its size and length
	 * @throws NotAVideoException if it is no video
	 * @throws IOException if the file is not there, or ffmpeg cannot be run
	 * @throws InterruptedException if the thread is interrupted
	 */
	public VideoInfo probe(Path file) throws NotAVideoException, IOException, InterruptedException {
		if (!Files.isReadable(file)) {
			throw new NoSuchFileException(file.toString());
		}
		StringBuilder json = new StringBuilder();
		Executable.Result result = this.ffprobe.run(json::append, arguments(INPUT, List.of("-select_streams", "V:0",
				"-show_entries", "stream=width,height:format=duration", "-of", "json", file.toString())));
		if (result.exitValue() == 1) {
			throw new NotAVideoException(
					"This is not a video: " + result.lastError().replace(file.toString() + ": ", ""));
		}
		check(result);
		JsonNode root = JsonMapper.shared().readTree(json.toString());
		JsonNode stream = root.at("/streams/0");
		if (stream.path("width").asInt(0) <= 0) {
			throw new NotAVideoException("This is not a video: there are no pictures in it");
		}
		return new VideoInfo(stream.path("width").asInt(), stream.path("height").asInt(),
				root.at("/format/duration").asDouble(0));
	}

	/**
	 * Encodes a video to WebM.
	 * @param source the file with the video
	 * @param info what it says about itself
	 * @param profile the form to encode it to
	 * @param target the file to write
	 * @param percent is told how much is done, about four times in a second, by another
	 * thread
	 * @throws IOException if ffmpeg fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void encode(Path source, VideoInfo info, EncodingProfile profile, Path target, IntConsumer percent)
			throws IOException, InterruptedException {
		List<String> arguments = arguments(INPUT, List.of("-i", source.toString()), OUTPUT,
				List.of("-map", "0:V:0", "-map", "0:a:0?", "-map_metadata", "-1", "-vf", scale(profile.height()),
						"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "6", "-b:v",
						profile.kilobits() + "k", "-pix_fmt", "yuv420p", "-c:a", "libopus", "-b:a", "96k", "-ac", "2",
						"-progress", "pipe:1", "-stats_period", "0.25", "-nostats", "-f", "webm", target.toString()));
		check(this.ffmpeg.run(progress(info, percent), arguments));
	}

	private static Consumer<String> progress(VideoInfo info, IntConsumer percent) {
		double whole = info.seconds() * 1_000_000;
		return (line) -> {
			String elapsed = line.startsWith(ELAPSED) ? line.substring(ELAPSED.length()) : "";
			if (whole > 0 && elapsed.matches("\\d{1,18}")) {
				percent.accept((int) Math.min(100, Math.round(Long.parseLong(elapsed) * 100 / whole)));
			}
		};
	}

	/**
	 * Takes a picture out of a video.
	 * @param source the file with the video
	 * @param target the file to write a JPEG to
	 * @throws IOException if ffmpeg fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void poster(Path source, Path target) throws IOException, InterruptedException {
		List<String> arguments = arguments(INPUT, List.of("-i", source.toString()), OUTPUT,
				List.of("-vf", "thumbnail=50," + scale(EncodingProfile.PHONE.height()), "-frames:v", "1", "-pix_fmt",
						"yuvj420p", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2", "-update", "1", target.toString()));
		check(this.ffmpeg.run((line) -> {
		}, arguments));
	}

	/**
	 * Makes a video out of nothing.
	 * @param pattern the source of its pictures, in the language of ffmpeg's filters
	 * @param hertz the pitch of its sound
	 * @param seconds how long it is to be
	 * @param target the file to write an MP4 to
	 * @throws IOException if ffmpeg fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void generate(String pattern, int hertz, int seconds, Path target) throws IOException, InterruptedException {
		List<String> arguments = arguments(
				List.of("-v", "error", "-f", "lavfi", "-i", pattern, "-f", "lavfi", "-i",
						"sine=frequency=" + hertz + ":beep_factor=4", "-t", String.valueOf(seconds)),
				OUTPUT, List.of("-c:v", "mpeg4", "-q:v", "6", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "mp4",
						target.toString()));
		check(this.ffmpeg.run((line) -> {
		}, arguments));
	}

	@Override
	public void destroy() {
		this.ffmpeg.end();
		this.ffprobe.end();
	}

	// The encoders need even numbers, and a small video gets no better when it is made
	// larger.
	private static String scale(int height) {
		return "scale=-2:trunc(min(" + height + "\\,ih)/2)*2";
	}

	private static void check(Executable.Result result) throws IOException {
		if (result.exitValue() != 0) {
			throw new IOException("ffmpeg has ended with " + result.exitValue() + ": " + result.lastError());
		}
	}

	@SafeVarargs
	private static List<String> arguments(List<String>... parts) {
		List<String> all = new ArrayList<>();
		for (List<String> part : parts) {
			all.addAll(part);
		}
		return all;
	}

}
