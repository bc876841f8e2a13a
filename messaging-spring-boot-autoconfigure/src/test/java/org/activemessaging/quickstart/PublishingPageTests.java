package org.activemessaging.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
 * The page about publishing: what it prints compiles and runs.
 */
class PublishingPageTests {

	private static final Path PAGE = Path.of("../docs/publishing.md");

	private static final Path SOURCE = Path.of("src/test/java/org/activemessaging/quickstart/Imports.java");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		String source = Files.readString(SOURCE).replace("\t", "    ");
		assertThat(blocks("java")).containsExactly(source.substring(source.indexOf("\n@") + 1).trim());
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		assertThat(blocks("yaml")).hasSize(2);
		for (String yaml : blocks("yaml")) {
			Clickstream clickstream = new Clickstream();
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
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

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(PAGE))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
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
