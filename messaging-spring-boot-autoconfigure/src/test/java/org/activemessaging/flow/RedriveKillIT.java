package org.activemessaging.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that dies by SIGKILL while it redrives.
 */
@Tag("long")
class RedriveKillIT {

	private static final int MESSAGES = 1000;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void nothingIsLostAndNothingDoubled() throws InterruptedException {
		try (BrokerProcess broker = BrokerProcess.start(this.directory); PlainClient client = broker.client()) {
			client.sendText(Flow.DEAD_LETTERS, 0, MESSAGES);
			for (int kill = 1; kill <= 2; kill++) {
				Process child = redrive(broker);
				int before = client.browse(Flow.QUEUE).size();
				Flow.eventually().atMost(Duration.ofSeconds(60)).until(() -> client.browse(Flow.QUEUE).size() > before);
				ChildJvm.kill(child);
			}
			List<String> back = client.drainTexts(Flow.QUEUE);
			assertThat(back).as("sent back before the last kill").hasSizeBetween(1, MESSAGES - 1);
			Process child = redrive(broker);
			assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
			List<String> all = new ArrayList<>(back);
			all.addAll(client.drainTexts(Flow.QUEUE));
			assertThat(all).hasSize(MESSAGES);
			assertThat(new TreeSet<>(all)).hasSize(MESSAGES);
			assertThat(client.browse(Flow.DEAD_LETTERS)).isEmpty();
		}
	}

	private Process redrive(BrokerProcess broker) {
		return ChildJvm.start(RedriveMain.class, this.directory.resolve("redrive.log"),
				List.of("--spring.application.name=voyeur", "--spring.main.web-application-type=none",
						"--messaging.broker.default.adapter=activemq", "--messaging.broker.default.url=" + broker.url(),
						"--messaging.destination.orders.queue=" + Flow.QUEUE,
						"--messaging.operations.redrive.enabled=true"));
	}

}
