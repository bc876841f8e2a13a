package org.activemessaging.flow;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.SubscribesTo;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.operations.doctor.Doctor;
import org.activemessaging.operations.doctor.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each finding is provoked on a running broker, and named in time.
 */
class DoctorTests {

	private TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void healthyWhileEverythingIsConsumed() {
		Script script = Script.thatSucceeds();
		Flow.application(this.broker.url(), script).run((context) -> {
			send(Flow.QUEUE, "order");
			Flow.eventually().until(() -> script.completed().contains("order"));
			Doctor doctor = context.getBean(Doctor.class);
			Flow.eventually().until(() -> doctor.view().checkedAt() != null);
			Flow.throughout(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(doctor.view().findings()).isEmpty());
			assertThat(doctor.view().healthy()).isTrue();
		});
	}

	@Test
	void namesProcessorThatIsNotStarted() {
		send(Flow.QUEUE, "order");
		application(Script.thatSucceeds()).withPropertyValues("messaging.processor.script.auto-startup=false")
			.run((context) -> {
				Finding finding = await(context, "not-started", Finding.Severity.WARNING);
				assertThat(finding.subject()).isEqualTo(new Finding.Subject("processor", "script"));
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("auto-startup"))
					.anyMatch((line) -> line.contains("1 message waits"));
				context.getBean(ProcessorContainers.class).start("script");
				awaitNone(context);
			});
	}

	@Test
	void namesProcessorWithItsBrakeOn() {
		application(Script.thatFails())
			.withPropertyValues("messaging.listener.brake.failures=3", "messaging.listener.brake.delay=1s",
					"messaging.listener.redelivery.immediate=0")
			.run((context) -> {
				send(Flow.QUEUE, "a", "b", "c", "d");
				Finding finding = await(context, "processor-paused", Finding.Severity.WARNING);
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("IllegalStateException: no"));
			});
	}

	@Test
	void namesWhoPausedAProcessor() {
		application(Script.thatSucceeds()).run((context) -> {
			ProcessorControl control = new ProcessorControl(context.getBean(ProcessorContainers.class));
			control.pause("script", PauseReason.OPERATOR);
			send(Flow.QUEUE, "order");
			Finding finding = await(context, "processor-paused", Finding.Severity.WARNING);
			assertThat(finding.title()).isEqualTo("Processor 'script' is paused by operator");
			assertThat(finding.evidence()).anyMatch((line) -> line.contains("Somebody has paused it"))
				.anyMatch((line) -> line.contains("1 message waits"));
			control.resume("script", PauseReason.OPERATOR);
			awaitNone(context);
		});
	}

	@Test
	void namesQueueThatNobodyConsumes() {
		send("Consumer.billing.VirtualTopic.Clickstream", "click");
		application()
			.withPropertyValues("messaging.destination.clickstream.virtual-topic=Clickstream",
					"messaging.destination.clickstream.groups=billing")
			.run((context) -> {
				Finding finding = await(context, "backlog-without-processor", Finding.Severity.ERROR);
				assertThat(finding.subject()).isEqualTo(new Finding.Subject("destination", "clickstream"));
				assertThat(finding.remedy()).contains("group 'billing'");
			});
	}

	@Test
	void namesGroupThatRunsNowhere() {
		send(Flow.QUEUE, "order");
		application(Script.thatSucceeds())
			.withPropertyValues("messaging.processor-group.work=script", "messaging.run.groups=none")
			.run((context) -> {
				Finding finding = await(context, "group-runs-nowhere", Finding.Severity.ERROR);
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("'script'"));
			});
	}

	@Test
	void namesQueueWhoseMessagesAreHoardedElsewhere() throws JMSException {
		try (PlainClient other = this.broker.client();
				MessageConsumer hoarder = consumer(other, Flow.QUEUE + "?consumer.prefetchSize=1000")) {
			send(Flow.QUEUE, 50);
			Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) == 50);
			application(Script.thatSucceeds()).run((context) -> {
				Finding finding = await(context, "prefetch-hoarded", Finding.Severity.ERROR);
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("at least 46 to others"));
				assertThat(finding.remedy()).contains("prefetch");
			});
			assertThat(hoarder).isNotNull();
		}
	}

	@Test
	void namesMessageGroupThatOneConsumerOwns() throws JMSException {
		try (PlainClient other = this.broker.client();
				MessageConsumer owner = consumer(other, Flow.QUEUE + "?consumer.prefetchSize=1")) {
			sendToGroup(30, "DE");
			Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) == 1);
			application(Script.thatSucceeds()).run((context) -> {
				Finding finding = await(context, "message-group-pinned", Finding.Severity.ERROR);
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("message group 'DE'"))
					.anyMatch((line) -> line.contains("not here"));
			});
			assertThat(owner).isNotNull();
		}
	}

	@Test
	void namesMessageGroupThatKeepsConsumersIdle() {
		CountDownLatch end = new CountDownLatch(1);
		sendToGroup(30, "DE");
		application(new Script((message) -> end.await(20, TimeUnit.SECONDS)))
			.withPropertyValues("messaging.listener.concurrency=3")
			.run((context) -> {
				// The first look may find a consumer that is just being opened anew.
				Flow.eventually()
					.untilAsserted(() -> assertThat(
							await(context, "message-group-pinned", Finding.Severity.WARNING).evidence())
						.anyMatch((line) -> line.contains("one of 3 consumers")));
				end.countDown();
			});
	}

	@Test
	void namesSelectorThatThePageOfTheBrokerStarves() {
		try (PlainClient client = this.broker.client()) {
			// Each look at the head lets the broker read on, too, by 400 messages at
			// most.
			for (int i = 0; i < 8000; i++) {
				client.send(Flow.QUEUE, (session) -> withKind(session, "bulk"));
			}
			client.send(Flow.QUEUE, (session) -> withKind(session, "urgent"));
		}
		Picky picky = new Picky();
		application().withBean("picky", Picky.class, () -> picky).run((context) -> {
			Finding finding = await(context, "selector-starved", Finding.Severity.ERROR);
			assertThat(finding.subject()).isEqualTo(new Finding.Subject("processor", "picky"));
			assertThat(finding.evidence()).anyMatch((line) -> line.contains("None of the first 200"));
			assertThat(picky.handled.getCount()).isOne();
		});
	}

	@Test
	void namesBrokerThatDoesNotAnswer() {
		application(Script.thatSucceeds()).run((context) -> {
			Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 1);
			this.broker.close();
			Finding finding = await(context, "connection-recovering", Finding.Severity.ERROR);
			assertThat(finding.subject()).isEqualTo(new Finding.Subject("broker", "default"));
			assertThat(finding.evidence()).anyMatch((line) -> line.contains("processors script"));
		});
	}

	@Test
	void namesProcessorThatMayNotRead() {
		this.broker.forbidConsumersOf(Flow.QUEUE);
		application(Script.thatSucceeds()).run((context) -> {
			Finding finding = await(context, "connection-recovering", Finding.Severity.ERROR);
			assertThat(finding.subject()).isEqualTo(new Finding.Subject("processor", "script"));
			assertThat(finding.evidence()).anyMatch((line) -> line.contains("not authorized to read"));
		});
	}

	@Test
	void namesDeadLetterQueueThatCannotBeWritten() {
		this.broker.forbid(Flow.DEAD_LETTERS);
		application(Script.thatFails())
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				send(Flow.QUEUE, "order");
				Finding finding = await(context, "dead-letters-unwritable", Finding.Severity.ERROR);
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("not authorized to write"));
				assertThat(finding.remedy()).contains(Flow.DEAD_LETTERS);
			});
	}

	@Test
	void namesBrokerWhoseMemoryIsFull() {
		this.broker.close();
		this.broker = TestBroker.startWithMemory(1 << 20);
		this.broker.fill("Other");
		application(Script.thatSucceeds()).run((context) -> {
			Finding finding = await(context, "broker-full", Finding.Severity.ERROR);
			assertThat(finding.evidence()).anyMatch((line) -> line.contains("% of its memory limit"));
		});
	}

	@Test
	void namesBrokerWhoseStoreIsFull(@TempDir Path directory) {
		try (BrokerProcess small = new BrokerProcess(directory, "store-megabytes=4")) {
			small.start();
			TestBroker.fill(small.url(), "Other");
			Flow.application(small.url(), Script.thatSucceeds()).run((context) -> {
				Finding finding = await(context, "broker-full", Finding.Severity.ERROR);
				assertThat(finding.evidence()).anyMatch((line) -> line.contains("% of its store limit"));
				assertThat(finding.remedy()).contains("'storeUsage'");
			});
		}
	}

	@Test
	void namesBrokerThatGivesUpBeforeUs(@TempDir Path directory) {
		ArtemisUnderTest artemis = new ArtemisUnderTest(directory, "attempts=3", "security=false");
		try {
			artemis.start();
			Flow.application(artemis.url(), Script.thatSucceeds())
				.withPropertyValues("messaging.broker.default.adapter=artemis")
				.run((context) -> {
					Finding finding = await(context, "broker-redelivery-limit", Finding.Severity.WARNING);
					assertThat(finding.subject()).isEqualTo(new Finding.Subject("destination", "orders"));
					assertThat(finding.evidence()).anyMatch((line) -> line.contains("after 3 deliveries"));
					assertThat(finding.remedy()).contains("'max-delivery-attempts'");
				});
		}
		finally {
			artemis.kill();
		}
	}

	@Test
	@EnabledIf(value = "hasFaketime", disabledReason = "The command 'faketime' is not installed")
	void namesBrokerWithAnotherTime(@TempDir Path directory) {
		try (BrokerProcess ahead = new BrokerProcess(directory)) {
			ahead.startWithClockAhead(Duration.ofMinutes(5));
			Flow.application(ahead.url(), Script.thatSucceeds()).run((context) -> {
				Finding finding = await(context, "clock-difference", Finding.Severity.WARNING);
				assertThat(finding.evidence().get(0))
					.matches("The clock of the broker is (299|300) s ahead of the clock of this application\\.");
			});
		}
	}

	@Test
	void namesProcessorThatIsStalledAndFailsLivenessWhenReconnectingDoesNotHelp() {
		Script script = Script.thatSucceeds();
		application(script).withBean(ApplicationAvailabilityBean.class)
			.withPropertyValues("messaging.operations.stalled-after=2s")
			.run((context) -> {
				ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
				AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
				Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 1);
				this.broker.pause(Flow.QUEUE);
				send(Flow.QUEUE, "order");
				Finding finding = await(context, "stalled", Finding.Severity.ERROR);
				assertThat(finding.evidence()).noneMatch((line) -> line.contains("has not helped"));
				assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);
				Flow.eventually().until(() -> availability.getLivenessState() == LivenessState.BROKEN);
				assertThat(await(context, "stalled", Finding.Severity.ERROR).evidence())
					.anyMatch((line) -> line.contains("has not helped"));
				this.broker.resume(Flow.QUEUE);
				Flow.eventually().until(() -> script.completed().contains("order"));
				Flow.eventually().until(() -> availability.getLivenessState() == LivenessState.CORRECT);
				awaitNone(context);
			});
	}

	@Test
	void livenessHoldsWhileAProcessorIsBusyPausedOrStopped() {
		CountDownLatch end = new CountDownLatch(1);
		application(new Script((message) -> end.await(20, TimeUnit.SECONDS)))
			.withBean(ApplicationAvailabilityBean.class)
			.withPropertyValues("messaging.operations.stalled-after=300ms")
			.run((context) -> {
				send(Flow.QUEUE, 20);
				Doctor doctor = context.getBean(Doctor.class);
				Flow.eventually().until(() -> this.broker.inFlight(Flow.QUEUE) > 0);
				Flow.throughout(Duration.ofSeconds(2)).until(() -> !doctor.isBroken());
				ProcessorControl control = new ProcessorControl(context.getBean(ProcessorContainers.class));
				control.pause("script", PauseReason.OPERATOR);
				end.countDown();
				Flow.throughout(Duration.ofSeconds(2)).until(() -> !doctor.isBroken());
				control.resume("script", PauseReason.OPERATOR);
				context.getBean(ProcessorContainers.class).stop("script");
				send(Flow.QUEUE, 20);
				Flow.throughout(Duration.ofSeconds(2)).until(() -> !doctor.isBroken());
			});
	}

	static boolean hasFaketime() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "faketime")));
	}

	private ApplicationContextRunner application() {
		return Flow.application(this.broker.url());
	}

	private ApplicationContextRunner application(Script script) {
		return Flow.application(this.broker.url(), script);
	}

	private void send(String queue, String... texts) {
		try (PlainClient client = this.broker.client()) {
			client.sendText(queue, texts);
		}
	}

	private void send(String queue, int count) {
		try (PlainClient client = this.broker.client()) {
			client.sendText(queue, 0, count);
		}
	}

	private void sendToGroup(int count, String group) {
		try (PlainClient client = this.broker.client()) {
			for (int i = 0; i < count; i++) {
				client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage("order");
					message.setStringProperty("JMSXGroupID", group);
					return message;
				});
			}
		}
	}

	private static Message withKind(Session session, String kind) throws JMSException {
		Message message = session.createTextMessage(kind);
		message.setStringProperty("kind", kind);
		return message;
	}

	private static MessageConsumer consumer(PlainClient client, String queue) throws JMSException {
		return client.session().createConsumer(client.session().createQueue(queue));
	}

	private static Finding await(ApplicationContext context, String id, Finding.Severity severity) {
		Doctor doctor = context.getBean(Doctor.class);
		Flow.eventually()
			.untilAsserted(() -> assertThat(doctor.view().findings())
				.anyMatch((finding) -> finding.id().equals(id) && finding.severity() == severity));
		assertThat(doctor.view().healthy()).isFalse();
		return doctor.view().findings().stream().filter((finding) -> finding.id().equals(id)).findFirst().orElseThrow();
	}

	private static void awaitNone(ApplicationContext context) {
		Doctor doctor = context.getBean(Doctor.class);
		Flow.eventually().untilAsserted(() -> assertThat(doctor.view().findings()).isEmpty());
	}

	static class Picky {

		private final CountDownLatch handled = new CountDownLatch(1);

		@SubscribesTo(value = "orders", id = "picky", selector = "kind = 'urgent'")
		void onMessage(String kind) {
			this.handled.countDown();
		}

	}

}
