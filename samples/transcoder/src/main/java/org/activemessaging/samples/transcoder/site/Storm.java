package org.activemessaging.samples.transcoder.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import org.activemessaging.samples.transcoder.datastore.Datastore;
import org.activemessaging.samples.transcoder.ffmpeg.Ffmpeg;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The world tour: many visitors upload at once. There are a few different clips, which
 * are uploaded again and again.
 */
@Component
@Profile("!encoders")
final class Storm implements DisposableBean {

	private static final Log logger = LogFactory.getLog(Storm.class);

	private static final int SECONDS = 6;

	private static final List<Dance> DANCES = List.of(new Dance("Hammer time", "testsrc2=size=854x480:rate=25", 440),
			new Dance("Running man", "gradients=size=854x480:rate=25:speed=0.06:nb_colors=5", 494),
			new Dance("Moonwalk",
					"life=size=122x68:rate=25:mold=10:ratio=0.2:life_color=#ffd166:death_color=#118ab2"
							+ ",scale=854:480:flags=neighbor",
					523),
			new Dance("Charleston", "cellauto=size=122x68:rate=25:rule=110,scale=854:480:flags=neighbor", 587),
			new Dance("Robot", "sierpinski=size=854x480:rate=25", 659));

	private final AtomicBoolean blowing = new AtomicBoolean();

	private final ExecutorService executor = Executors.newSingleThreadExecutor(new CustomizableThreadFactory("storm-"));

	private final Ffmpeg ffmpeg;

	private final Datastore datastore;

	private final Uploads uploads;

	Storm(Ffmpeg ffmpeg, Datastore datastore, Uploads uploads) {
		this.ffmpeg = ffmpeg;
		this.datastore = datastore;
		this.uploads = uploads;
	}

	/**
	 * Begins a storm, unless there is one.
	 * @param clips how many clips are uploaded
	 * @return whether it has begun
	 */
	boolean begin(int clips) {
		if (!this.blowing.compareAndSet(false, true)) {
			return false;
		}
		this.executor.execute(() -> blow(clips));
		return true;
	}

	private void blow(int clips) {
		List<Path> dances = new ArrayList<>();
		try {
			for (int clip = 0; clip < clips; clip++) {
				Dance dance = DANCES.get(clip % DANCES.size());
				if (clip < DANCES.size()) {
					Path recording = this.datastore.workFile();
					dances.add(recording);
					this.ffmpeg.generate(dance.pattern(), dance.hertz(), SECONDS, recording);
				}
				Path copy = Files.copy(dances.get(clip % DANCES.size()), this.datastore.workFile());
				this.uploads.add(dance.title() + ", no. " + (clip + 1), copy);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The storm is over before its time", ex);
		}
		finally {
			dances.forEach(Storm::delete);
			this.blowing.set(false);
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.warn("A clip was not deleted", ex);
		}
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

	/**
	 * A clip that is easily made.
	 *
	 * @param title its title
	 * @param pattern its pictures, in the language of ffmpeg's filters
	 * @param hertz the pitch of its sound
	 */
	private record Dance(String title, String pattern, int hertz) {

	}

}
