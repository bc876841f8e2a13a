package org.activemessaging.quickstart.filters;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.cloudevents.core.builder.CloudEventBuilder;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.claimcheck.ClaimStore;
import org.activemessaging.claimcheck.S3Server;
import org.activemessaging.claimcheck.s3.S3ClaimStore;
import org.activemessaging.filter.CorrelationFilter;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.filter.TraceFilter;
import org.activemessaging.quickstart.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * The page about filters: what it prints compiles, runs and does what it says.
 */
class FiltersPageTests {

	private static final Page PAGE = Page.of("filters.md");

	private final Deliveries deliveries = new Deliveries();

	@Test
	void pagePrintsWhatIsCompiled() throws IOException {
		assertThat(PAGE.blocks("java")).containsExactly(Page.source(FiltersPageTests.class, "TenantFilter"));
	}

	@Test
	void filterMarksWhatLeavesAndStopsWhatIsForOthers() throws IOException {
		application(PAGE.blocks("yaml").get(0)).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "ours");
			publisher.publish("news", "for all", Map.of("tenant", "somebody"));
			await().atMost(Duration.ofSeconds(10)).until(() -> this.deliveries.seen.size() == 2);
			assertThat(this.deliveries.seen)
				.extracting((message) -> message.getPayload() + " of " + message.getHeaders().get("tenant"))
				.containsExactlyInAnyOrder("ours of acme", "for all of somebody");
		});
	}

	@Test
	void configurationMovesAndRestrictsFilters() throws IOException {
		application(PAGE.blocks("yaml").get(0), PAGE.blocks("yaml").get(1)).run((context) -> {
			List<ScopedFilter> filters = context.getBean(MessageFilters.class).in(Direction.INBOUND);
			assertThat(filters).extracting(ScopedFilter::name, ScopedFilter::order).contains(tuple("tenantFilter", 5));
			assertThat(context.getBean(MessageFilters.class).in(Direction.OUTBOUND)).extracting(ScopedFilter::filter)
				.noneMatch(TenantFilter.class::isInstance);
		});
	}

	@Test
	void everyConfigurationStarts() throws IOException {
		String[] all = PAGE.blocks("yaml").toArray(String[]::new);
		application(all).run((context) -> assertThat(context).hasSingleBean(CorrelationFilter.class)
			.hasSingleBean(TraceFilter.class));
	}

	@Test
	void everyConfigurationForLargePayloadsStarts(@TempDir Path folder) throws IOException {
		List<String> blocks = Page.of("large-payloads.md").blocks("yaml");
		application(PAGE.blocks("yaml").get(0), blocks.get(0),
				blocks.get(1).replace("/mnt/shared/claims", folder.toString()))
			.run((context) -> assertThat(context.getBean(MessageFilters.class).in(Direction.OUTBOUND))
				.extracting(ScopedFilter::name)
				.endsWith("compression", "claim-check"));
		try (S3Server server = S3Server.start("payloads")) {
			application(PAGE.blocks("yaml").get(0), blocks.get(2)).withBean(S3Client.class, server::client)
				.run((context) -> assertThat(context.getBean(ClaimStore.class)).isInstanceOf(S3ClaimStore.class));
		}
	}

	@Test
	void pageAboutCloudEventsPrintsWhatIsCompiledAndRuns() throws IOException {
		Page page = Page.of("cloudevents.md");
		assertThat(page.blocks("java")).containsExactly(Page.source(FiltersPageTests.class, "ShippingProcessor"));
		String yaml = page.blocks("yaml").get(0);
		Parcels parcels = new Parcels();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withInitializer(Page.configuration(yaml))
			.withBean(ShippingProcessor.class)
			.withBean(Parcels.class, () -> parcels)
			.run((context) -> {
				context.getBean(MessagePublisher.class)
					.publish("orders",
							CloudEventBuilder.v1()
								.withId("1")
								.withSource(URI.create("/shop"))
								.withType("com.example.order.placed")
								.build());
				await().atMost(Duration.ofSeconds(10)).until(() -> parcels.count() == 1);
			});
	}

	private ApplicationContextRunner application(String... yaml) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withUserConfiguration(Application.class)
			.withBean("tenantFilter", TenantFilter.class)
			.withBean(Deliveries.class, () -> this.deliveries);
		for (String source : yaml) {
			runner = runner.withInitializer(Page.configuration(source));
		}
		return runner;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(TenantFilter.Options.class)
	static class Application {

	}

	@Processor
	static class Deliveries {

		private final Queue<Message<?>> seen = new ConcurrentLinkedQueue<>();

		@SubscribesTo("orders")
		void onOrder(Message<String> message) {
			this.seen.add(message);
		}

		@SubscribesTo("news")
		void onNews(Message<String> message) {
			this.seen.add(message);
		}

	}

}
