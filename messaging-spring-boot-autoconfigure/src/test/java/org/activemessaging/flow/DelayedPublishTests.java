package org.activemessaging.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.PublishException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A message that is published with a delay comes when it is due.
 */
class DelayedPublishTests {

	private static final Duration DELAY = Duration.ofMillis(1200);

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void messageArrivesAsItWasPublishedAndNotBeforeItIsDue() {
		publishing().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			long begin = System.nanoTime();
			publisher.to("invoices")
				.delay(DELAY)
				.group("g")
				.priority(7)
				.timeToLive(Duration.ofMinutes(1))
				.header("colour", "red")
				.publish("later");
			publisher.publish("invoices", "now");
			assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("now");
			TextMessage later = (TextMessage) this.client.receive("Invoices");
			assertThat(Flow.since(begin)).isGreaterThanOrEqualTo(DELAY.minusMillis(5));
			assertThat(later.getText()).isEqualTo("later");
			assertThat(later.getStringProperty("JMSXGroupID")).isEqualTo("g");
			assertThat(later.getJMSPriority()).isEqualTo(7);
			assertThat(later.getJMSExpiration()).isPositive();
			assertThat(later.getStringProperty("colour")).isEqualTo("red");
			assertThat(later.propertyExists(MessagingHeaders.DUE_AT)).isFalse();
			assertThat(later.propertyExists(MessagingHeaders.ORIGINAL_DESTINATION)).isFalse();
			assertThat(later.getStringProperty(MessagingHeaders.ID)).isNotNull();
		});
	}

	@Test
	void messageOfAnInstanceThatHasEndedIsBroughtByAnother() {
		publishing().run((context) -> context.getBean(MessagePublisher.class)
			.to("invoices")
			.delay(Duration.ofMillis(1500))
			.publish("later"));
		assertThat(this.client.receive("Invoices", Duration.ofMillis(100))).isNull();
		publishing()
			.run((context) -> assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("later"));
	}

	@Test
	void delayInAProcessorBeginsWhenItHasReturned() {
		AtomicReference<MessagePublisher> publisher = new AtomicReference<>();
		AtomicInteger tries = new AtomicInteger();
		Script script = new Script((message) -> {
			publisher.get().to("invoices").delay(Duration.ofMillis(50)).publish("try " + tries.incrementAndGet());
			if (tries.get() < 3) {
				throw new IllegalStateException("failed after publishing");
			}
		});
		Flow.application(this.broker.url(), script)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				publisher.set(context.getBean(MessagePublisher.class));
				this.client.sendText(Flow.QUEUE, "order");
				assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("try 3");
				Flow.eventually().until(() -> this.broker.depth("Invoices") == 0);
			});
	}

	@Test
	void delayMayBeAHeaderOfTheDestination() {
		publishing().withPropertyValues("messaging.destination.invoices.headers.delay=400ms").run((context) -> {
			long begin = System.nanoTime();
			context.getBean(MessagePublisher.class).publish("invoices", "later");
			Message later = this.client.receive("Invoices");
			assertThat(Flow.since(begin)).isGreaterThanOrEqualTo(Duration.ofMillis(395));
			assertThat(later.propertyExists("delay")).isFalse();
		});
	}

	@Test
	void whatWouldNeverArriveIsRefused() {
		Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				assertThatExceptionOfType(PublishException.class)
					.isThrownBy(() -> publisher.to("invoices").delay(DELAY).publish("nobody brings it"))
					.withMessageContaining("no processor of this application reads from broker 'default'")
					.withMessageContaining("'messaging.broker.default.publisher.delayed'");
				publisher.to("invoices").delay(Duration.ZERO).publish("without delay");
				assertThat(this.broker.depth("Invoices")).isEqualTo(1);
			});
		publishing().run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> publisher.to("invoices")
					.delay(Duration.ofMinutes(2))
					.timeToLive(Duration.ofMinutes(1))
					.publish("expires first"))
				.withMessageContaining("60000 ms and a longer delay");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> publisher.to("invoices").delay(Duration.ofSeconds(-1)))
				.withMessageContaining("'delay' is 'PT-1S'");
		});
	}

	private ApplicationContextRunner publishing() {
		return Flow.application(this.broker.url())
			.withPropertyValues("messaging.destination.invoices.queue=Invoices",
					"messaging.broker.default.publisher.delayed=true");
	}

}
