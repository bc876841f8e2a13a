package org.activemessaging.quickstart.model;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.quickstart.Page;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about requests: what it prints compiles and runs.
 */
class RequestsPageTests {

	private static final Page PAGE = Page.of("requests.md");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java")).containsExactly(Page.source(RequestsPageTests.class, "Prices"),
				Page.source(RequestsPageTests.class, "QuoteProcessor"));
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		assertThat(PAGE.blocks("yaml")).hasSize(2);
		for (String yaml : PAGE.blocks("yaml")) {
			run(yaml);
		}
	}

	private static void run(String yaml) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withInitializer(Page.configuration(yaml))
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

}
