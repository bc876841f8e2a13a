package org.activemessaging.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processors of a destination that stands for many.
 */
class WildcardTests {

	@Nested
	@Import({ Encoder.class, Visits.class })
	@MessagingTest(properties = { "messaging.destination.encode.queue=Encode.*",
			"messaging.destination.dance.queue=Encode.dance", "messaging.listener.rate=4/s" })
	class InMemory {

		@Test
		void harnessWaitsForEachQueueThatMatches(@Autowired MessagingHarness harness, @Autowired Encoder encoder,
				@Autowired MessagePublisher publisher) {
			harness.awaitListening();
			for (int i = 0; i < 4; i++) {
				publisher.publish("dance", "video " + i);
			}
			harness.awaitQuiet();
			assertThat(encoder.encoded).hasSize(4).allMatch((video) -> video.endsWith(" from Encode.dance"));
			assertThat(harness).nothingLeft();
		}

	}

	@Nested
	@Import({ Encoder.class, Visits.class })
	@MessagingTest(synchronous = true, properties = { "messaging.destination.encode.virtual-topic=Encode.*",
			"messaging.destination.dance.virtual-topic=Encode.dance" })
	class Synchronous {

		@Test
		void publishRunsTheProcessorOfThePattern(@Autowired MessagingHarness harness, @Autowired Encoder encoder) {
			harness.publishAndWait("dance", "video");
			assertThat(encoder.encoded).containsExactly("video from Encode.dance");
		}

	}

	/**
	 * Notes what it is given.
	 */
	static class Encoder {

		private final List<String> encoded = new CopyOnWriteArrayList<>();

		@SubscribesTo("encode")
		void onVideo(String video, @Header(MessagingHeaders.SOURCE) String source) {
			this.encoded.add(video + " from " + source);
		}

	}

}
