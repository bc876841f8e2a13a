package org.activemessaging.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages about how processors listen: what they print compiles and starts.
 */
class ListenerPagesTests {

	private static final Path SOURCES = Path.of("src/test/java/org/activemessaging/quickstart");

	@ParameterizedTest
	@CsvSource({ "redelivery.md, InvoiceProcessor", "concurrency.md, PaymentBook" })
	void pagePrintsWhatIsCompiled(String page, String type) throws IOException {
		String source = Files.readString(SOURCES.resolve(type + ".java")).replace("\t", "    ");
		assertThat(blocks(page, "java")).contains(source.substring(source.indexOf("\n@") + 1).trim());
	}

	@ParameterizedTest
	@CsvSource({ "redelivery.md, 2", "limits.md, 1" })
	void everyConfigurationStarts(String page, int blocks) throws IOException {
		assertThat(blocks(page, "yaml")).hasSize(blocks);
		for (String yaml : blocks(page, "yaml")) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withPropertyValues("messaging.destination.clickstream.virtual-topic=Clickstream",
						"messaging.destination.invoices.queue=Invoices")
				.withBean(ClickProcessor.class)
				.withBean(Clicks.class)
				.withBean(InvoiceProcessor.class)
				.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(load(yaml)))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	private static PropertySource<?> load(String yaml) {
		try {
			return new YamlPropertySourceLoader()
				.load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> blocks(String page, String language) throws IOException {
		return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
			.matcher(Files.readString(Path.of("../docs", page)))
			.results()
			.map((result) -> result.group(1).trim())
			.toList();
	}

}
