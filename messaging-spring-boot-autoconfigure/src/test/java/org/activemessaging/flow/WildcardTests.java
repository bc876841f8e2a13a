package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;
import org.activemessaging.MessageRequester;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.operations.MessageInspection;
import org.activemessaging.operations.MessageSelection;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.OperationRequest.From;
import org.activemessaging.operations.OperationRequest.Kind;
import org.activemessaging.operations.OperationView;
import org.activemessaging.operations.QueueOperations;
import org.activemessaging.operations.QueueView;
import org.activemessaging.operations.explain.Explainer;
import org.activemessaging.operations.explain.Explanation;
import org.activemessaging.operations.topology.Topology;
import org.activemessaging.operations.topology.TopologyView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A destination with a wildcard has the messages of all places that match, and gives each
 * back to where it came from.
 */
class WildcardTests {

	private static final String[] OPERATIONS = { "messaging.operations.redrive.enabled=true",
			"messaging.operations.purge.enabled=true", "messaging.operations.move.enabled=true" };

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	private ApplicationContextRunner application(Regional processor, String property) {
		return Flow.application(this.broker.url())
			.withBean("regional", Regional.class, () -> processor)
			.withPropertyValues("messaging.destination.regional." + property,
					"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=1");
	}

	@Test
	void failedMessageReturnsToTheQueueItCameFrom() {
		Regional processor = new Regional(1);
		application(processor, "queue=Encode.>").run((context) -> {
			this.client.sendText("Encode.a", "a");
			this.client.sendText("Encode.b.c", "c");
			this.client.sendText("Encoder", "no");
			Flow.eventually().until(() -> processor.done.size() == 2);
			assertThat(processor.done).containsExactlyInAnyOrder("a from Encode.a", "c from Encode.b.c");
			assertThat(processor.failed).containsExactlyInAnyOrder("a from Encode.a", "c from Encode.b.c");
			assertThat(this.broker.arrivals("Encode.a")).containsExactly("a", "a");
			assertThat(this.broker.arrivals("Encode.b.c")).containsExactly("c", "c");
			assertThat(this.broker.depth("Encoder")).isOne();
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@Test
	void redriveReturnsEachDeadLetterToItsQueueAndToNoForeignOne() {
		Regional processor = new Regional(2);
		application(processor, "queue=Encode.*").withPropertyValues(OPERATIONS).run((context) -> {
			this.client.sendText("Encode.a", "a");
			this.client.sendText("Encode.b", "b");
			Flow.eventually().until(() -> this.broker.depth("DLQ.regional") == 2);
			this.client.send("DLQ.regional", "forged", Map.of(MessagingHeaders.ORIGINAL_ADDRESS, "Admin.Commands"));
			this.client.send("DLQ.regional", "unknown", Map.of());
			OperationView redriven = done(context, request(Kind.REDRIVE, From.DEAD_LETTERS, null));
			assertThat(redriven.moved()).as("%s", redriven).isEqualTo(2);
			Flow.eventually().until(() -> processor.done.size() == 2);
			assertThat(processor.done).containsExactlyInAnyOrder("a from Encode.a", "b from Encode.b");
			assertThat(this.broker.arrivals("Encode.a")).containsExactly("a", "a", "a");
			assertThat(this.broker.queues()).doesNotContain("Admin.Commands");
			assertThat(this.client.drainTexts("DLQ.regional")).containsExactlyInAnyOrder("forged", "unknown");
		});
	}

	@Test
	void delayedMessageThatNamesAForeignQueueDoesNotGetThere() {
		application(new Regional(0), "queue=Encode.*").run((context) -> {
			this.client.send("DELAY.voyeur.1s", "forged", Map.of(MessagingHeaders.ORIGINAL_DESTINATION, "regional",
					MessagingHeaders.ORIGINAL_ADDRESS, "Admin.Commands", MessagingHeaders.ATTEMPT, "1"));
			Message letter = this.client.receive("DLQ.DELAY.voyeur.1s");
			assertThat(letter.getStringProperty(MessagingHeaders.FAILURE_KIND)).isEqualTo("undeliverable");
			assertThat(this.broker.queues()).doesNotContain("Admin.Commands");
		});
	}

	@Test
	void depthIsThatOfAllQueuesThatMatch() {
		application(new Regional(0), "queue=Encode.>").withPropertyValues("messaging.listener.auto-startup=false")
			.run((context) -> {
				this.client.sendText("Encode.a", 0, 3);
				this.client.sendText("Encode.b", 0, 4);
				this.client.sendText("Encoder", 0, 5);
				Flow.eventually().until(() -> Long.valueOf(7).equals(queue(context).depth()));
				assertThat(queue(context).exact()).isTrue();
				assertThat(queue(context).deadLetters().name()).isEqualTo("DLQ.regional");
			});
	}

	@Test
	void whatNeedsOneQueueIsRefused() {
		application(new Regional(0), "queue=Encode.>").withPropertyValues(OPERATIONS).run((context) -> {
			QueueOperations operations = context.getBean(QueueOperations.class);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> operations.submit(request(Kind.PURGE, From.QUEUE, null)))
				.withMessageContaining("'regional'")
				.withMessageContaining("'Encode.>'")
				.withMessageContaining("declare the one");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> operations.submit(request(Kind.MOVE, From.QUEUE, "orders")));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> operations.submit(new OperationRequest(Kind.MOVE, "orders", null, From.QUEUE,
						"regional", MessageSelection.ALL, 10, true, false, null, "test")))
				.withMessageContaining("nothing can be moved to it");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(MessageInspection.class).messages("regional", null, 10, false));
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			assertThatExceptionOfType(MessagingConfigurationException.class)
				.isThrownBy(() -> publisher.publish("regional", "text"))
				.withMessageContaining("'regional'")
				.withMessageContaining("nothing can be published to it");
			assertThatExceptionOfType(MessagingConfigurationException.class)
				.isThrownBy(() -> context.getBean(MessageRequester.class).to("regional"));
		});
	}

	@Test
	void groupOfAVirtualTopicGetsEachMessageOnceAlsoWhatCameWhileItWasAway() {
		Regional first = new Regional(0);
		application(first, "virtual-topic=Orders.>").run((context) -> {
			Flow.eventually().until(() -> this.broker.queues().contains("Consumer.voyeur.VirtualTopic.Orders.>"));
			publish("VirtualTopic.Orders.eu", "1");
			publish("VirtualTopic.Orders.eu.de", "2");
			publish("VirtualTopic.Clicks", "no");
			Flow.eventually().until(() -> first.done.size() == 2);
		});
		publish("VirtualTopic.Orders.us", "3");
		Regional second = new Regional(0);
		application(second, "virtual-topic=Orders.>").run((context) -> {
			publish("VirtualTopic.Orders", "4");
			Flow.eventually().until(() -> second.done.size() == 2);
			assertThat(second.done).containsExactly("3 from Orders.us", "4 from Orders");
		});
		assertThat(first.done).containsExactly("1 from Orders.eu", "2 from Orders.eu.de");
		assertThat(this.broker.depth("Consumer.voyeur.VirtualTopic.Orders.>")).isZero();
	}

	@Test
	void failedMessageOfAVirtualTopicReturnsToItsGroupAndSaysWhereItWasPublished() {
		Regional processor = new Regional(2);
		application(processor, "virtual-topic=Orders.*").withPropertyValues(OPERATIONS).run((context) -> {
			Flow.eventually().until(() -> this.broker.queues().contains("Consumer.voyeur.VirtualTopic.Orders.*"));
			publish("VirtualTopic.Orders.eu", "1");
			String letters = "DLQ.Consumer.voyeur.VirtualTopic.regional";
			Flow.eventually().until(() -> this.broker.depth(letters) == 1);
			done(context, request(Kind.REDRIVE, From.DEAD_LETTERS, null));
			Flow.eventually().until(() -> processor.done.size() == 1);
			assertThat(processor.failed).containsExactly("1 from Orders.eu", "1 from Orders.eu");
			assertThat(processor.done).containsExactly("1 from Orders.eu");
			assertThat(this.broker.arrivals("VirtualTopic.Orders.eu")).hasSizeLessThanOrEqualTo(1);
		});
	}

	@Test
	void publisherPreparesTheGroupsOfAPatternToo() {
		Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.regional.virtual-topic=Orders.>",
					"messaging.destination.regional.groups=billing",
					"messaging.destination.european.virtual-topic=Orders.eu")
			.run((context) -> context.getBean(MessagePublisher.class).publish("european", "early"));
		assertThat(this.broker.depth("Consumer.billing.VirtualTopic.Orders.>")).isOne();
	}

	@Test
	void listenerOfATopicKnowsWhichOneItWas() {
		Regional processor = new Regional(0);
		application(processor, "topic=News.*").run((context) -> {
			Flow.eventually().until(() -> {
				publish("News.eu", "n");
				publish("News", "no");
				return !processor.done.isEmpty();
			});
			assertThat(processor.done).containsOnly("n from News.eu");
		});
	}

	@Test
	void receiverTakesFromAllQueuesAndGivesUpIntoOne() {
		Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.regional.queue=Encode.*")
			.run((context) -> {
				MessageReceiver receiver = context.getBean(MessageReceiver.class);
				this.client.sendText("Encode.a", "a");
				assertThat(receiver.from("regional").receive(Duration.ofSeconds(10), String.class)).isPresent();
				this.client.sendText("Encode.b", "{no number");
				receiver.from("regional").receive(Duration.ofSeconds(1), Integer.class);
				Message letter = this.client.receive("DLQ.regional");
				assertThat(letter.getStringProperty(MessagingHeaders.ORIGINAL_ADDRESS)).isEqualTo("Encode.b");
			});
	}

	@Test
	void patternIsExplainedAndDrawn() {
		application(new Regional(0), "virtual-topic=Orders.>")
			.withPropertyValues("messaging.destination.european.virtual-topic=Orders.eu")
			.run((context) -> {
				Explainer explainer = context.getBean(Explainer.class);
				assertThat(explainer.explain("regional").steps())
					.anySatisfy((step) -> assertThat(step.value()).contains("matches 'Orders.>'"));
				Explanation european = explainer.explain("european");
				assertThat(european.queues()).singleElement().satisfies((queue) -> {
					assertThat(queue.name()).isEqualTo("Consumer.voyeur.VirtualTopic.Orders.>");
					assertThat(queue.because()).contains("'regional' stands for this one");
					assertThat(queue.deadLettersBecause()).endsWith("the name of the destination");
				});
				assertThat(european.processors()).singleElement()
					.satisfies((processor) -> assertThat(processor.id()).isEqualTo("regional"));
				assertThat(context.getBean(Topology.class).view().edges())
					.contains(new TopologyView.Edge("destination:european", "destination:regional", "routes"));
			});
	}

	private void publish(String topic, String text) {
		this.client.sendToTopic(topic, (Session session) -> session.createTextMessage(text));
	}

	private static OperationRequest request(Kind kind, From from, @Nullable String to) {
		OperationRequest.Redrive redrive = (kind == Kind.REDRIVE) ? new OperationRequest.Redrive(List.of(), 0, 1)
				: null;
		return new OperationRequest(kind, "regional", null, from, to, MessageSelection.ALL, 100, false, false, redrive,
				"test");
	}

	private static OperationView done(ApplicationContext context, OperationRequest request) {
		QueueOperations operations = context.getBean(QueueOperations.class);
		String id = operations.submit(request).id();
		Flow.eventually().until(() -> operations.get(id).state() != OperationView.State.RUNNING);
		assertThat(operations.get(id).state()).as("%s", operations.get(id)).isEqualTo(OperationView.State.DONE);
		return operations.get(id);
	}

	private static QueueView queue(ApplicationContext context) {
		return context.getBean(MessagingOperations.class).destinations().get("regional").queues().get(0);
	}

	/**
	 * Fails in the first tries of each message.
	 */
	@Processor
	@SubscribesTo("regional")
	static class Regional {

		private final List<String> failed = new CopyOnWriteArrayList<>();

		private final List<String> done = new CopyOnWriteArrayList<>();

		private final int failures;

		Regional(int failures) {
			this.failures = failures;
		}

		void onMessage(String payload, @Header(MessagingHeaders.SOURCE) String source) {
			String call = payload + " from " + source;
			if (this.failed.stream().filter(call::equals).count() < this.failures) {
				this.failed.add(call);
				throw new IllegalStateException("not yet");
			}
			this.done.add(call);
		}

	}

}
