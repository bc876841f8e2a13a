package org.activemessaging.quickstart.model;

import java.io.IOException;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.quickstart.Page;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about receiving: what it prints compiles and runs.
 */
class ReceivingPageTests {

	private static final Page PAGE = Page.of("receiving.md");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java")).containsExactly(Page.source(ReceivingPageTests.class, "NightlyVisits"));
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		String yaml = PAGE.blocks("yaml").get(0);
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withInitializer(Page.configuration(yaml))
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

}
