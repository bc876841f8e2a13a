package org.activemessaging.quickstart.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about receiving: what it prints compiles and runs.
 */
class ReceivingPageTests {

	private static final Path PAGE = Path.of("../docs/receiving.md");

	private static final Path SOURCE = Path.of("src/test/java/org/activemessaging/quickstart/model/NightlyVisits.java");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		String source = Files.readString(SOURCE).replace("\t", "    ");
		assertThat(blocks("java")).containsExactly(source.substring(source.indexOf("\n@") + 1).trim());
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		String yaml = blocks("yaml").get(0);
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
			.withPropertyValues("messaging.broker.default.url=vm://receiving?broker.persistent=false")
			.withBean(NightlyVisits.class)
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("clickstream", new Click("a", "/1"));
				publisher.publish("clickstream", new Click("b", "/2"));
				NightlyVisits visits = context.getBean(NightlyVisits.class);
				assertThat(visits.run()).isEqualTo(2);
				assertThat(visits.look()).contains(new Visit("a", "night"));
				assertThat(visits.look()).contains(new Visit("b", "night"));
				assertThat(visits.look()).isEmpty();
			});
	}

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(PAGE))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
	}

}
