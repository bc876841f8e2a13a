package org.activemessaging.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page about publishing: what it prints compiles and runs.
 */
class PublishingPageTests {

	private static final Page PAGE = Page.of("publishing.md");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java")).containsExactly(Page.source(PublishingPageTests.class, "Imports"));
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		assertThat(PAGE.blocks("yaml")).hasSize(2);
		for (String yaml : PAGE.blocks("yaml")) {
			Clickstream clickstream = new Clickstream();
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withInitializer(Page.configuration(yaml))
				.withBean(Imports.class)
				.withBean(Clickstream.class, () -> clickstream)
				.run((context) -> {
					Imports imports = context.getBean(Imports.class);
					imports.one(new Click("a", "/1"));
					imports.stream(Stream.of(new Click("b", "/2"), new Click("b", "/3"))).get(10, TimeUnit.SECONDS);
					imports.file(List.of(new Click("c", "/4"), new Click("c", "/5")));
					await().atMost(Duration.ofSeconds(10)).until(() -> clickstream.seen.size() == 5);
					assertThat(clickstream.seen).containsExactly("/1", "/2", "/3", "/4", "/5");
				});
		}
	}

	@Processor
	static class Clickstream {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@SubscribesTo("clickstream")
		void onClick(Click click) {
			this.seen.add(click.uri());
		}

	}

}
