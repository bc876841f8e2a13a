package org.activemessaging.quickstart;

import java.io.IOException;
import java.util.List;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about operations: its configurations bind. Its script is run by the contract
 * of each broker.
 */
class OperationsPageTests {

	@Test
	void everyConfigurationBinds() throws IOException {
		List<String> blocks = Page.of("operations.md").blocks("yaml");
		assertThat(blocks).hasSize(2);
		for (String block : blocks) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withPropertyValues("messaging.embedded.enabled=true")
				.withInitializer(Page.configuration(block))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

}
