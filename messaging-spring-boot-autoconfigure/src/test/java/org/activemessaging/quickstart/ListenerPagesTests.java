package org.activemessaging.quickstart;

import java.io.IOException;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages about how processors listen: what they print compiles and starts.
 */
class ListenerPagesTests {

	@ParameterizedTest
	@CsvSource({ "redelivery.md, InvoiceProcessor", "concurrency.md, PaymentBook", "topics.md, PriceArchive" })
	void pagePrintsWhatIsCompiled(String page, String type) throws IOException {
		assertThat(Page.of(page).blocks("java")).contains(Page.source(ListenerPagesTests.class, type));
	}

	@ParameterizedTest
	@CsvSource({ "redelivery.md, 2", "limits.md, 1" })
	void everyConfigurationStarts(String page, int blocks) throws IOException {
		assertThat(Page.of(page).blocks("yaml")).hasSize(blocks);
		for (String yaml : Page.of(page).blocks("yaml")) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withPropertyValues("messaging.destination.clickstream.virtual-topic=Clickstream",
						"messaging.destination.invoices.queue=Invoices")
				.withBean(ClickProcessor.class)
				.withBean(Clicks.class)
				.withBean(InvoiceProcessor.class)
				.withInitializer(Page.configuration(yaml))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void everyConfigurationOfTopicsStarts() throws IOException {
		assertThat(Page.of("topics.md").blocks("yaml")).hasSize(2);
		for (String yaml : Page.of("topics.md").blocks("yaml")) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
				.withBean(PriceArchive.class)
				.withInitializer(Page.configuration(yaml))
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

}
