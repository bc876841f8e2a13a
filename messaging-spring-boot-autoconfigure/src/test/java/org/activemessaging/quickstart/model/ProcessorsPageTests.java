package org.activemessaging.quickstart.model;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.quickstart.Page;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page about processors: what it prints compiles and runs.
 */
class ProcessorsPageTests {

	private static final Page PAGE = Page.of("processors.md");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java"))
			.containsExactlyElementsOf(Stream.of("VisitProcessor", "SearchIndexProcessor", "Reminders")
				.map((type) -> Page.source(ProcessorsPageTests.class, type))
				.toList());
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		String yaml = PAGE.blocks("yaml").get(0);
		SearchIndex index = new SearchIndex();
		Others others = new Others();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withInitializer(Page.configuration(yaml))
			.withPropertyValues("messaging.broker.default.url=vm://processors?broker.persistent=false")
			.withBean(VisitProcessor.class)
			.withBean(SearchIndexProcessor.class)
			.withBean(Reminders.class)
			.withBean(SearchIndex.class, () -> index)
			.withBean(Others.class, () -> others)
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("clickstream", new Click("a", "/1"), Map.of("referrer", "https://one.example/x"));
				publisher.publish("clickstream", new Click("b", "/2"), Map.of("referrer", "not a URI"));
				publisher.publish("clickstream", new Click("c", "/3"));
				publisher.publish("clickstream", new Click("d", "/4"), Map.of("referrer", "https://spam.example/"));
				publisher.publish("clickstream", new Click("e", "/5"), Map.of("referrer", "https://two.example/y"));
				await().atMost(Duration.ofSeconds(20)).until(() -> index.visits().size() == 2);
				assertThat(index.visits()).extracting(Visit::from)
					.containsExactlyInAnyOrder("one.example", "two.example");
				await().atMost(Duration.ofSeconds(20)).until(() -> others.odd.size() == 1);
				assertThat(others.odd).containsExactly(new Click("b", "/2"));
				context.getBean(Reminders.class).remind(new Click("a", "/1"));
				assertThat(others.reminders).isEmpty();
			});
	}

	@Processor
	static class Others {

		private final Queue<Click> odd = new ConcurrentLinkedQueue<>();

		private final Queue<Click> reminders = new ConcurrentLinkedQueue<>();

		@SubscribesTo("odd-clicks")
		void onOdd(Click click) {
			this.odd.add(click);
		}

		@SubscribesTo("reminders")
		void onReminder(Click click) {
			this.reminders.add(click);
		}

	}

}
