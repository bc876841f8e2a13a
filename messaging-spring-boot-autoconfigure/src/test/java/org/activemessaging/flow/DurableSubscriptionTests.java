package org.activemessaging.flow;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.ProcessorView;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A durable subscription of a plain topic, on the broker that has nothing else of the
 * kind.
 */
@ExtendWith(OutputCaptureExtension.class)
class DurableSubscriptionTests {

	private TestBroker broker;

	@BeforeEach
	void start() {
		this.broker = TestBroker.start();
	}

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void secondInstanceSaysOnceThatItWaitsAndTakesOver(CapturedOutput output) {
		Script first = Script.thatSucceeds();
		Script second = Script.thatSucceeds();
		application(second, "messaging.processor.script.auto-startup=false").run((waiting) -> {
			application(first).run((context) -> {
				awaitRunning(context);
				waiting.getBean(ProcessorContainers.class).start("script");
				Flow.eventually().until(() -> view(waiting).reason() != null);
				int before = this.broker.refusedConnections();
				// By the settings of these tests, it tries every 100 to 500 ms.
				Flow.throughout(Duration.ofSeconds(2)).untilAsserted(() -> {
					assertThat(view(waiting).state()).isEqualTo("RECOVERING");
					assertThat(view(waiting).reason()).contains(
							"another instance uses the durable subscription" + " 'audit' of client id 'voyeur.audit'",
							"takes over when the other is gone");
				});
				assertThat(this.broker.refusedConnections() - before).as("tries").isBetween(1, 40);
				context.getBean(MessagePublisher.class).publish("orders", "0");
				Flow.eventually().until(() -> first.completed().equals(List.of("0")));
			});
			awaitRunning(waiting);
			waiting.getBean(MessagePublisher.class).publish("orders", "1");
			Flow.eventually().until(() -> second.completed().equals(List.of("1")));
			assertThat(view(waiting).reason()).isNull();
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("another instance uses"))).hasSize(1)
			.allSatisfy((line) -> assertThat(line).contains("WARN", "processor 'script'"));
	}

	@Test
	void startSaysThatAVirtualTopicIsBetterAndTheEndpointShowsTheSubscription(CapturedOutput output) {
		application(Script.thatSucceeds(), "messaging.processor.script.client-id=ruby-7").run((context) -> {
			awaitRunning(context);
			assertThat(view(context).subscription()).isEqualTo(new ProcessorView.SubscriptionView("audit", "ruby-7"));
			assertThat(view(context).concurrency().max()).isEqualTo(1);
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("A virtual topic with groups is better")))
			.hasSize(1)
			.allSatisfy((line) -> assertThat(line).contains("WARN", "Processor 'script'", "'audit'", "topic Orders"));
	}

	@Test
	void messagesWaitWhileTheProcessorIsPausedAndWhileItsConnectionIsCut() {
		Script script = Script.thatSucceeds();
		application(script).run((context) -> {
			awaitRunning(context);
			ProcessorControl control = new ProcessorControl(context.getBean(ProcessorContainers.class));
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			control.pause("script", PauseReason.OPERATOR);
			publisher.publish("orders", "0");
			this.broker.cutConnections();
			Flow.eventually().ignoreExceptions().untilAsserted(() -> publisher.publish("orders", "1"));
			control.resume("script", PauseReason.OPERATOR);
			Flow.eventually().until(() -> script.completed().contains("1"));
			assertThat(script.completed()).contains("0");
		});
	}

	@Test
	void messageThatKillsTheApplicationIsGivenUpAndItsNeighbourIsNot() throws JMSException {
		application(Script.thatSucceeds()).run(DurableSubscriptionTests::awaitRunning);
		try (PlainClient client = this.broker.client()) {
			for (String text : List.of("killer", "next")) {
				client.sendToTopic("Orders", (session) -> session.createTextMessage(text));
			}
		}
		crash();
		crash();
		Script script = Script.thatSucceeds();
		application(script, "messaging.processor.script.redelivery.crashes=1").run((context) -> Flow.eventually()
			.until(() -> script.completed().equals(List.of("next")) && this.broker.depth("DLQ.Orders") == 1));
		assertThat(this.broker.deadLetters()).singleElement()
			.satisfies((letter) -> assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("crash-suspect"));
	}

	// Takes a message, and is gone before it is acknowledged.
	private void crash() {
		int before = this.broker.currentConnections();
		ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(this.broker.url());
		factory.getRedeliveryPolicy().setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
		try (Connection connection = factory.createConnection()) {
			connection.setClientID("voyeur.audit");
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			Topic topic = session.createTopic("Orders?consumer.prefetchSize=0");
			assertThat(session.createDurableSubscriber(topic, "audit").receive(5000)).isNotNull();
			this.broker.cutConnections();
			Flow.eventually().until(() -> this.broker.currentConnections() == before);
		}
		catch (JMSException ex) {
			// The connection was cut.
			assertThat(ex).hasRootCauseInstanceOf(IOException.class);
		}
	}

	private ApplicationContextRunner application(Script script, String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withBean("script", Script.class, () -> script)
			.withPropertyValues(Flow.FAST)
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.default.adapter=activemq",
					"messaging.broker.default.url=" + this.broker.url(), "messaging.destination.orders.topic=Orders",
					"messaging.processor.script.subscription=audit")
			.withPropertyValues(properties);
	}

	private static ProcessorView view(AssertableApplicationContext context) {
		return context.getBean(MessagingOperations.class).processor("script");
	}

	private static void awaitRunning(AssertableApplicationContext context) {
		Flow.eventually().until(() -> view(context).state().equals("RUNNING"));
	}

}
