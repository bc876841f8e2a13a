package org.activemessaging.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about operations: its configurations bind. Its script is run by the contract
 * of each broker.
 */
class OperationsPageTests {

	private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	@Test
	void everyConfigurationBinds() throws IOException {
		List<String> blocks = YAML.matcher(Files.readString(Path.of("../docs/operations.md")))
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(blocks).hasSize(2);
		for (String block : blocks) {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("page",
					new ByteArrayResource(block.getBytes(UTF_8)));
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withPropertyValues("messaging.embedded.enabled=true")
				.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(sources.get(0)))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

}
