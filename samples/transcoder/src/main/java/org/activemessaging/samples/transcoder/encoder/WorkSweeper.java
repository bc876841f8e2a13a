package org.activemessaging.samples.transcoder.encoder;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.activemessaging.samples.transcoder.datastore.Datastore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes what killed processes have left behind.
 */
@Component
final class WorkSweeper {

	private static final Log logger = LogFactory.getLog(WorkSweeper.class);

	private static final Duration AGE = Duration.ofHours(2);

	private final Datastore datastore;

	WorkSweeper(Datastore datastore) {
		this.datastore = datastore;
	}

	@Scheduled(fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
	void sweep() throws IOException {
		int deleted = this.datastore.sweep(AGE);
		if (deleted > 0) {
			logger.info("Deleted " + deleted + " files that nobody has finished");
		}
	}

}
