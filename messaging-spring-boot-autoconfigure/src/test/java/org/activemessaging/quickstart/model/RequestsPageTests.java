package org.activemessaging.quickstart.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about requests: what it prints compiles and runs.
 */
class RequestsPageTests {

	private static final Path PAGE = Path.of("../docs/requests.md");

	private static final Path SOURCES = Path.of("src/test/java/org/activemessaging/quickstart/model");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(blocks("java")).containsExactly(source("Prices"), source("QuoteProcessor"));
	}

	private static String source(String name) throws IOException {
		String source = Files.readString(SOURCES.resolve(name + ".java")).replace("\t", "    ");
		return source.substring(source.indexOf("\n@") + 1).trim();
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		assertThat(blocks("yaml")).hasSize(2);
		for (String yaml : blocks("yaml")) {
			run(yaml);
		}
	}

	private static void run(String yaml) {
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
			.withPropertyValues("messaging.broker.default.url=vm://requests?broker.persistent=false")
			.withBean(Prices.class)
			.withBean(QuoteProcessor.class)
			.run((context) -> {
				Prices prices = context.getBean(Prices.class);
				assertThat(prices.of(new Order("tea", 3))).isEqualTo(new Quote("tea", 12));
				assertThat(prices.later(new Order("milk", 1)).get(10, TimeUnit.SECONDS))
					.isEqualTo(new Quote("milk", 4));
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
