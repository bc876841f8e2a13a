package org.activemessaging.migration.activemessaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.migration.MigrationPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page for those who come from ActiveMessaging.
 */
class ActiveMessagingPageTests {

	private final MigrationPage page = new MigrationPage("migrate-from-activemessaging.md", getClass());

	@ParameterizedTest
	@ValueSource(strings = { "ClickstreamProcessor", "TraceFilter", "Trace" })
	void pagePrintsWhatIsCompiled(String type) {
		this.page.assertPrints(type);
	}

	@Test
	void processorAbortsRejectsAndPublishesAndTheFilterTraces() {
		this.page.application("stomp+ssl://mq:61614").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("clickstream", new Click(null, "/nobody"));
			publisher.publish("clickstream", new Click("s1", "/dance"));
			Listener listener = context.getBean(Listener.class);
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				assertThat(context.getBean(Visits.class).clicks()).containsExactly(new Click("s1", "/dance"));
				assertThat(listener.visits).containsExactly("s1");
				assertThat(listener.traces).containsExactlyInAnyOrder("OUTBOUND clickstream null",
						"OUTBOUND clickstream null", "INBOUND clickstream clickstream-processor",
						"OUTBOUND visits null", "INBOUND visits visits-listener");
			});
		});
	}

	@Processor
	static class Listener {

		private final List<String> visits = new CopyOnWriteArrayList<>();

		private final List<String> traces = new CopyOnWriteArrayList<>();

		@SubscribesTo(value = "visits", id = "visits-listener")
		void onVisit(String session) {
			this.visits.add(session);
		}

		@SubscribesTo(value = "trace", id = "trace-listener")
		void onTrace(Trace trace) {
			this.traces.add(trace.direction() + " " + trace.destination() + " " + trace.processor());
		}

	}

}
