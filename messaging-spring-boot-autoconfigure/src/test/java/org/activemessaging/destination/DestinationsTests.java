package org.activemessaging.destination;

import java.time.Duration;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NamedDestinations} as the properties declare them.
 */
class DestinationsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
		.withPropertyValues("spring.application.name=voyeur");

	@ParameterizedTest
	@CsvSource(
			textBlock = """
					queue,         Orders,                                          QUEUE,         Orders
					queue,         /queue/Orders,                                   QUEUE,         Orders
					queue,         queue://Orders,                                  QUEUE,         Orders
					queue,         /queue/Consumer.voyeur.VirtualTopic.Clickstream, QUEUE,         Consumer.voyeur.VirtualTopic.Clickstream
					topic,         News,                                            TOPIC,         News
					topic,         /topic/News,                                     TOPIC,         News
					topic,         topic://News,                                    TOPIC,         News
					topic,         VirtualTopic.Clickstream,                        VIRTUAL_TOPIC, Clickstream
					topic,         /topic/VirtualTopic.Clickstream,                 VIRTUAL_TOPIC, Clickstream
					virtual-topic, Clickstream,                                     VIRTUAL_TOPIC, Clickstream
					virtual-topic, VirtualTopic.Clickstream,                        VIRTUAL_TOPIC, Clickstream
					virtual-topic, /topic/VirtualTopic.Clickstream,                 VIRTUAL_TOPIC, Clickstream
					address,       /queue/Orders,                                   QUEUE,         Orders
					address,       queue://Orders,                                  QUEUE,         Orders
					address,       /topic/News,                                     TOPIC,         News
					address,       /topic/VirtualTopic.Clickstream,                 VIRTUAL_TOPIC, Clickstream
					address,       /queue/Consumer.voyeur.VirtualTopic.Clickstream, QUEUE,         Consumer.voyeur.VirtualTopic.Clickstream
					""")
	void namesAreUnderstoodInEachOfTheirForms(String property, String value, DestinationType type, String name) {
		this.contextRunner.withPropertyValues("messaging.destination.x." + property + "=" + value).run((context) -> {
			NamedDestination destination = context.getBean(NamedDestinations.class).get("x");
			assertThat(destination.type()).isEqualTo(type);
			assertThat(destination.physicalName()).isEqualTo(name);
		});
	}

	@Test
	void virtualTopicIsPublishedToATopicAndConsumedFromAQueueOfEachGroup() {
		this.contextRunner.withPropertyValues("messaging.destination.clickstream.virtual-topic=Clickstream")
			.run((context) -> {
				NamedDestination destination = context.getBean(NamedDestinations.class).get("clickstream");
				assertThat(destination.publishAddress()).isEqualTo(Address.topic("VirtualTopic.Clickstream"));
				assertThat(destination.subscribeAddress("voyeur"))
					.isEqualTo(Address.queue("Consumer.voyeur.VirtualTopic.Clickstream"));
				assertThat(destination.deadLetterAddress(destination.subscribeAddress("voyeur")))
					.isEqualTo(Address.queue("DLQ.Consumer.voyeur.VirtualTopic.Clickstream"));
			});
	}

	@Test
	void queueIsPublishedToAndConsumedFromInOnePlace() {
		this.contextRunner.withPropertyValues("messaging.destination.orders.queue=Orders").run((context) -> {
			NamedDestination destination = context.getBean(NamedDestinations.class).get("orders");
			assertThat(destination.publishAddress()).isEqualTo(Address.queue("Orders"));
			assertThat(destination.subscribeAddress(null)).isEqualTo(Address.queue("Orders"));
			assertThat(destination.deadLetterAddress(Address.queue("Orders"))).isEqualTo(Address.queue("DLQ.Orders"));
		});
	}

	@Test
	void deadLetterQueueIsTheConfiguredOne() {
		this.contextRunner
			.withPropertyValues("messaging.destination.orders.queue=Orders",
					"messaging.destination.orders.dead-letter-queue=Failed")
			.run((context) -> assertThat(
					context.getBean(NamedDestinations.class).get("orders").deadLetterAddress(Address.queue("Orders")))
				.isEqualTo(Address.queue("Failed")));
	}

	@Test
	void deadLetterQueueMayHaveThePrefixOfAQueue() {
		this.contextRunner
			.withPropertyValues("messaging.destination.orders.queue=Orders",
					"messaging.destination.orders.dead-letter-queue=/queue/Failed")
			.run((context) -> assertThat(
					context.getBean(NamedDestinations.class).get("orders").deadLetterAddress(Address.queue("Orders")))
				.isEqualTo(Address.queue("Failed")));
	}

	@Test
	void destinationsMayShareADeadLetterQueueThatIsADestinationItself() {
		this.contextRunner
			.withPropertyValues("messaging.destination.a.queue=A", "messaging.destination.a.dead-letter-queue=Failed",
					"messaging.destination.b.queue=B", "messaging.destination.b.dead-letter-queue=Failed",
					"messaging.destination.failed.queue=Failed")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void queueOfTheSameNameOnAnotherBrokerMakesNoCircle() {
		this.contextRunner
			.withPropertyValues("messaging.broker.one.url=vm://one?create=false",
					"messaging.broker.other.url=vm://other?create=false", "messaging.default-broker=one",
					"messaging.destination.a.queue=A", "messaging.destination.a.dead-letter-queue=B",
					"messaging.destination.b.queue=B", "messaging.destination.b.broker=other",
					"messaging.destination.b.dead-letter-queue=A")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void headersHaveTheTypesOfTheirNames() {
		this.contextRunner
			.withPropertyValues("messaging.destination.x.queue=X", "messaging.destination.x.headers.persistent=false",
					"messaging.destination.x.headers.priority=7", "messaging.destination.x.headers.time-to-live=5m",
					"messaging.destination.x.headers.origin=web", "messaging.destination.x.content-type=text/csv")
			.run((context) -> {
				NamedDestination destination = context.getBean(NamedDestinations.class).get("x");
				assertThat(destination.headers()).hasSize(4)
					.containsEntry("persistent", false)
					.containsEntry("priority", 7)
					.containsEntry("time-to-live", Duration.ofMinutes(5))
					.containsEntry("origin", "web");
				assertThat(destination.contentType()).isEqualTo("text/csv");
			});
	}

	@Test
	void groupsOfAVirtualTopicAreKnown() {
		this.contextRunner
			.withPropertyValues("messaging.destination.x.virtual-topic=X",
					"messaging.destination.x.groups=voyeur,billing_2,a-b")
			.run((context) -> assertThat(context.getBean(NamedDestinations.class).get("x").groups())
				.containsExactly("voyeur", "billing_2", "a-b"));
	}

	@Test
	void destinationIsOnTheBrokerItNamesElseOnTheDefaultOne() {
		this.contextRunner
			.withPropertyValues("messaging.broker.one.url=vm://one?create=false",
					"messaging.broker.other.url=vm://other?create=false", "messaging.default-broker=one",
					"messaging.destination.a.queue=A", "messaging.destination.b.queue=B",
					"messaging.destination.b.broker=other")
			.run((context) -> {
				NamedDestinations destinations = context.getBean(NamedDestinations.class);
				assertThat(destinations.get("a").broker().name()).isEqualTo("one");
				assertThat(destinations.get("b").broker().name()).isEqualTo("other");
			});
	}

	@Test
	void unknownDestinationIsRefusedWithTheNearestOne() {
		this.contextRunner.withPropertyValues("messaging.destination.orders.queue=Orders")
			.run((context) -> assertThatExceptionOfType(UnknownDestinationException.class)
				.isThrownBy(() -> context.getBean(NamedDestinations.class).get("ordres"))
				.withMessageContaining("'ordres'")
				.withMessageContaining("Did you mean 'orders'?"));
	}

	@Test
	void virtualTopicIsNotConsumedWithoutAGroup() {
		this.contextRunner.withPropertyValues("messaging.destination.x.virtual-topic=X")
			.run((context) -> assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> context.getBean(NamedDestinations.class).get("x").subscribeAddress(null))
				.withMessageContaining("'x'"));
	}

}
