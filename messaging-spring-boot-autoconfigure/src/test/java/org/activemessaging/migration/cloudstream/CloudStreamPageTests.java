package org.activemessaging.migration.cloudstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.migration.MigrationPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page for those who come from Spring Cloud Stream.
 */
class CloudStreamPageTests {

	private final MigrationPage page = new MigrationPage("migrate-from-spring-cloud-stream.md", getClass());

	@ParameterizedTest
	@ValueSource(strings = { "FeverProcessor", "Thermometer" })
	void pagePrintsWhatIsCompiled(String type) {
		this.page.assertPrints(type);
	}

	@Test
	void feverRaisesAnAlarm() {
		this.page.application("amqps://mq").run((context) -> {
			Thermometer thermometer = context.getBean(Thermometer.class);
			thermometer.measured(new Reading("bed 1", 37.2));
			thermometer.measured(new Reading("bed 2", 39.4));
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(
						() -> assertThat(context.getBean(Listener.class).alarms).containsExactly(new Alarm("bed 2")));
		});
	}

	@Processor
	static class Listener {

		private final List<Alarm> alarms = new CopyOnWriteArrayList<>();

		@SubscribesTo("alarms")
		void onAlarm(Alarm alarm) {
			this.alarms.add(alarm);
		}

	}

}
