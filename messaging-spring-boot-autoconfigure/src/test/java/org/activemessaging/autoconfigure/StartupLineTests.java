package org.activemessaging.autoconfigure;

import java.util.regex.Pattern;

import org.activemessaging.SubscribesTo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupLine}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupLineTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
		.withPropertyValues("messaging.default-broker=mq", "messaging.listener.auto-startup=false",
				"messaging.broker.mq.url=failover:(nio://localhost:1,nio://127.0.0.1:2)?randomize=false",
				"messaging.broker.mq.user=scott", "messaging.broker.mq.password=xyzzy-tiger",
				"messaging.broker.jobs.url=amqp://localhost:1/vhost", "messaging.broker.jobs.adapter=rabbitmq",
				"messaging.destination.orders.queue=Orders", "messaging.destination.clicks.queue=Clicks")
		.withBean("orders", Orders.class)
		.withBean("clicks", Clicks.class);

	@Test
	void oneLineTellsBrokersDestinationsAndProcessors(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(output.getAll()).containsOnlyOnce("Brokers: ")
				.containsPattern(Pattern
					.quote("Brokers: mq (activemq at failover:(nio://localhost:1,nio://127.0.0.1:2),"
							+ " default), jobs (rabbitmq at amqp://localhost:1); destinations: 2; processors: clicks, orders")
						+ "\\R");
			assertThat(output.getAll()).doesNotContain("xyzzy-tiger");
		});
	}

	@Test
	void processorsOfOtherGroupsAreNamedAsSuch(CapturedOutput output) {
		this.contextRunner.withPropertyValues("messaging.processor-group.web=clicks", "messaging.run.groups=web")
			.run((context) -> assertThat(output.getAll())
				.contains("processors: clicks; not run here, as of other processor groups: orders"));
	}

	@Test
	void nothingIsToldAsNothing(CapturedOutput output) {
		this.contextRunner.withPropertyValues("messaging.run.groups=none")
			.run((context) -> assertThat(output.getAll()).contains("processors: none; not run here"));
	}

	static class Orders {

		@SubscribesTo("orders")
		void onMessage(String text) {
		}

	}

	static class Clicks {

		@SubscribesTo("clicks")
		void onMessage(String text) {
		}

	}

}
