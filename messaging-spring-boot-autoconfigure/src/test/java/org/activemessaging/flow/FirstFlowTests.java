package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.MessagingView;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From a publish to a processed message, on the embedded broker.
 */
class FirstFlowTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(ClickProcessor.class)
		.withPropertyValues("spring.application.name=voyeur", "messaging.operations.sample-interval=200ms",
				"messaging.destination.clickstream.virtual-topic=Clickstream",
				"messaging.destination.clickstream.groups=voyeur,billing");

	@Test
	void publishedRecordIsProcessed() {
		this.contextRunner.run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.to("clickstream").group("s1").publish(new Click("/", 3));
			ClickProcessor processor = context.getBean(ClickProcessor.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> processor.clicks.size() == 1);
			assertThat(processor.clicks).containsExactly(new Click("/", 3));
			assertThat(processor.sessions).containsExactly("s1");
			MessagingOperations operations = context.getBean(MessagingOperations.class);
			await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
				MessagingView view = operations.view();
				assertThat(view.destinations().get("clickstream").queues()).hasSize(2)
					.allSatisfy((queue) -> assertThat(queue.source()).isEqualTo("statistics"))
					.anySatisfy((queue) -> assertThat(queue.depth()).isEqualTo(1L));
				assertThat(view.processors().get("click-processor").processed()).isEqualTo(1);
			});
		});
	}

	record Click(String uri, int latency) {
	}

	@Processor("clickProcessor")
	static class ClickProcessor {

		private final List<Click> clicks = new CopyOnWriteArrayList<>();

		private final List<String> sessions = new CopyOnWriteArrayList<>();

		@SubscribesTo("clickstream")
		void onClick(Click click, @Header("JMSXGroupID") String session) {
			this.sessions.add(session);
			this.clicks.add(click);
		}

	}

}
