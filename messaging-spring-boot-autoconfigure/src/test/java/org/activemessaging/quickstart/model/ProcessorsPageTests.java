package org.activemessaging.quickstart.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page about processors: what it prints compiles and runs.
 */
class ProcessorsPageTests {

	private static final Path PAGE = Path.of("../docs/processors.md");

	private static final Path SOURCES = Path.of("src/test/java/org/activemessaging/quickstart/model");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(blocks("java"))
			.containsExactlyElementsOf(Stream.of("VisitProcessor", "SearchIndexProcessor", "Reminders")
				.map(ProcessorsPageTests::source)
				.toList());
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		String yaml = blocks("yaml").get(0);
		SearchIndex index = new SearchIndex();
		Others others = new Others();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withInitializer((context) -> {
				try {
					context.getEnvironment()
						.getPropertySources()
						.addFirst(new YamlPropertySourceLoader()
							.load("documentation", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
							.get(0));
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			})
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

	private static String source(String name) {
		try {
			String source = Files.readString(SOURCES.resolve(name + ".java")).replace("\t", "    ");
			return source.substring(source.indexOf("\n@") + 1).trim();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(PAGE))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
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
