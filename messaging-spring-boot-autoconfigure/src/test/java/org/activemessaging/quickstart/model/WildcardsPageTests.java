package org.activemessaging.quickstart.model;

import java.io.IOException;
import java.util.List;

import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.flow.Flow;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.quickstart.Page;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about wildcards: what it prints compiles and runs.
 */
class WildcardsPageTests {

	private static final Page PAGE = Page.of("wildcards.md");

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java")).containsExactly(Page.source(WildcardsPageTests.class, "RegionalOrders"));
	}

	@Test
	void whatIsPrintedRuns() throws IOException {
		List<String> yaml = PAGE.blocks("yaml");
		assertThat(yaml).hasSize(2);
		application(yaml.get(0), "smallest").withBean(RegionalOrders.class).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			Flow.eventually()
				.until(() -> context.getBean(ProcessorContainers.class)
					.report("regional-orders")
					.state() == ContainerState.RUNNING);
			publisher.publish("european-orders", new Order("tea", 3));
			publisher.publish("european-orders", new Order("tea", 4));
			RegionalOrders orders = context.getBean(RegionalOrders.class);
			Flow.eventually().until(() -> Integer.valueOf(7).equals(orders.sold().get("Orders.eu")));
		});
	}

	@Test
	void optionsArePossible() throws IOException {
		application(PAGE.blocks("yaml").get(1), "options")
			.run((context) -> assertThat(context.getBean(NamedDestinations.class).all()).hasSize(4)
				.allMatch((destination) -> destination.hasWildcard()));
	}

	private static ApplicationContextRunner application(String yaml, String broker) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withInitializer(Page.configuration(yaml))
			.withPropertyValues("messaging.broker.default.url=vm://wildcards-" + broker + "?broker.persistent=false");
	}

}
