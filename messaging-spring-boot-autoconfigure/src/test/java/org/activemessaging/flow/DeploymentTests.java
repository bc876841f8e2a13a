package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.operations.MessagingOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What one deployment of an application runs, and with how many consumers.
 */
class DeploymentTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Three three = new Three();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			                 | one,two,three
			 first           | one
			 second          | two
			 first,second    | one,two
			 none            | ''
			""")
	void deploymentRunsTheProcessorsOfItsGroups(String groups, String expected) {
		List<String> running = expected.isEmpty() ? List.of() : List.of(expected.split(","));
		application().withPropertyValues("messaging.run.groups=" + ((groups != null) ? groups : "")).run((context) -> {
			for (String queue : List.of("one", "two", "three")) {
				this.client.sendText(queue, queue);
			}
			Flow.eventually().until(() -> this.three.received.size() == running.size());
			Flow.throughout(Duration.ofMillis(200)).until(() -> this.three.received.size() == running.size());
			assertThat(this.three.received).containsExactlyInAnyOrderElementsOf(running);
			MessagingOperations operations = context.getBean(MessagingOperations.class);
			assertThat(operations.processors().keySet()).containsExactlyInAnyOrderElementsOf(running);
			assertThat(operations.view().processorGroups().get("first").running()).isEqualTo(running.contains("one"));
			assertThat(operations.view().processorGroups().get("second").running()).isEqualTo(running.contains("two"));
			context.getBean(MessagePublisher.class).publish("out", "x");
			assertThat(this.client.receive("out")).isNotNull();
		});
	}

	@Test
	void processorThatDoesNotStartByItselfMayBeStartedAndStopped() {
		application().withPropertyValues("messaging.processor.two.auto-startup=false").run((context) -> {
			this.client.sendText("one", "one");
			this.client.sendText("two", "two");
			Flow.eventually().until(() -> this.three.received.contains("one"));
			Flow.throughout(Duration.ofMillis(200)).until(() -> this.three.received.size() == 1);
			ProcessorContainers containers = context.getBean(ProcessorContainers.class);
			assertThat(containers.report("two").state()).hasToString("STOPPED");
			containers.start("two");
			Flow.eventually().until(() -> this.three.received.contains("two"));
			assertThat(containers.report("two").state()).hasToString("RUNNING");
			containers.stop("two");
			Flow.eventually().until(() -> containers.report("two").state().name().equals("STOPPED"));
			Flow.eventually()
				.until(() -> containers.report("two").activeConsumers() == 0 || this.broker.inFlight("two") == 0);
			this.client.sendText("two", "again");
			Flow.throughout(Duration.ofMillis(300)).until(() -> !this.three.received.contains("again"));
			containers.start("two");
			Flow.eventually().until(() -> this.three.received.contains("again"));
			assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> containers.start("thre"))
				.withMessageContaining("Did you mean 'three'?");
		});
	}

	@Test
	void listenersMayAllBeLeftUnstarted() {
		application()
			.withPropertyValues("messaging.listener.auto-startup=false", "messaging.processor.one.auto-startup=true")
			.run((context) -> {
				this.client.sendText("one", "one");
				this.client.sendText("two", "two");
				Flow.eventually().until(() -> this.three.received.contains("one"));
				Flow.throughout(Duration.ofMillis(200)).until(() -> this.three.received.size() == 1);
			});
	}

	@Test
	void slowProcessorGetsAllItsConsumersSoon() {
		this.client.sendText(Flow.QUEUE, 0, 500);
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(20)));
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.concurrency=1-8")
			.run((context) -> {
				Flow.eventually().until(() -> !script.calls().isEmpty());
				long start = System.nanoTime();
				Flow.eventually().until(() -> script.mostRunning() == 8);
				assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(4));
				Flow.eventually().until(() -> script.completed().size() == 500);
				assertThat(script.completed()).doesNotHaveDuplicates();
			});
	}

	@Test
	void messagesThatWaitBehindASlowOneGoToAnotherConsumer() {
		Script script = new Script(
				(message) -> Flow.work(message.getPayload().equals("slow") ? Duration.ofSeconds(3) : Duration.ZERO));
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.listener.concurrency=2", "messaging.listener.window=1")
			.run((context) -> {
				Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 2);
				this.client.sendText(Flow.QUEUE, "slow");
				Flow.eventually().until(() -> script.running() == 1);
				this.client.sendText(Flow.QUEUE, 0, 20);
				// The broker hands the busy consumer one message ahead.
				Flow.eventually().until(() -> script.completed().size() >= 19);
				assertThat(script.running()).isOne();
				assertThat(script.completed()).doesNotContain("slow");
			});
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url())
			.withBean(Three.class, () -> this.three)
			.withPropertyValues("messaging.destination.one.queue=one", "messaging.destination.two.queue=two",
					"messaging.destination.three.queue=three", "messaging.destination.out.queue=out",
					"messaging.processor-group.first=one", "messaging.processor-group.second=two");
	}

	@Processor
	static class Three {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@SubscribesTo(value = "one", id = "one")
		void one(String text) {
			this.received.add(text);
		}

		@SubscribesTo(value = "two", id = "two")
		void two(String text) {
			this.received.add(text);
		}

		@SubscribesTo(value = "three", id = "three")
		void three(String text) {
			this.received.add(text);
		}

	}

}
