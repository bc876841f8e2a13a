package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;

import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.security.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The broker has the message, but its answer is lost: the message is sent again with the
 * same id, as long as a publish may last, and then it is said that nobody knows.
 */
class PublisherRetryTests {

	private static final String MARKER = "marked-message";

	private static final Duration TIMEOUT = Duration.ofMillis(1500);

	// A publish is to last 10 % longer at most; the rest is for a busy machine.
	private static final Duration BOUND = Duration.ofMillis(1650 + 150);

	@Test
	void lostAnswerIsFollowedByAnotherTryWithTheSameId() {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application(proxy.url()).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.loseAnswers(1);
				publisher.publish("orders", MARKER);
				publisher.publish("orders", "after");
				try (PlainClient client = broker.client()) {
					List<Message> messages = client.browse(Flow.QUEUE);
					assertThat(messages).hasSize(4);
					assertThat(messages.get(1).getBody(String.class)).isEqualTo(MARKER);
					assertThat(messages.get(2).getBody(String.class)).isEqualTo(MARKER);
					assertThat(id(messages.get(1))).isNotBlank().isEqualTo(id(messages.get(2)));
				}
			});
		}
	}

	@Test
	void answersAreLostAgainAndAgain() {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application(proxy.url()).run((context) -> {
				proxy.loseAnswers(3);
				context.getBean(MessagePublisher.class).publish("orders", MARKER);
				try (PlainClient client = broker.client()) {
					assertThat(client.browse(Flow.QUEUE)).hasSize(4);
					assertThat(client.browse(Flow.QUEUE).stream().map(PublisherRetryTests::id).distinct()).hasSize(1);
				}
			});
		}
	}

	@Test
	void clientThatReconnectsByItselfPublishesToo() {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application("failover:(" + proxy.url() + ")").run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.loseAnswers(1);
				publisher.publish("orders", MARKER);
				try (PlainClient client = broker.client()) {
					assertThat(client.browse(Flow.QUEUE)).hasSizeBetween(2, 3);
				}
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void nobodyKnowsWhenTheBrokerIsGoneForTooLong(String url) {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application(url.formatted(proxy.url())).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.loseEverythingAfterTheNextMessage();
				assertUncertainInTime(publisher);
				assertThat(broker.depth(Flow.QUEUE)).isEqualTo(2);
				// This one has certainly not been sent.
				long start = System.nanoTime();
				assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("orders", "later"))
					.isNotInstanceOf(PublishUncertainException.class);
				assertThat(Flow.since(start)).isLessThan(BOUND);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void nobodyKnowsWhenTheBrokerIsSilent(String url) {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application(url.formatted(proxy.url())).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.swallowAnswers();
				assertUncertainInTime(publisher);
				assertThat(broker.depth(Flow.QUEUE)).isEqualTo(2);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void connectionAndAnswerShareOneTimeout(String url) {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application(url.formatted(proxy.url())).run((context) -> {
				proxy.connectSlowly(TIMEOUT.dividedBy(2));
				proxy.swallowAnswers();
				assertUncertainInTime(context.getBean(MessagePublisher.class));
			});
		}
	}

	@Test
	void messageThatTheBrokerDoesNotStoreIsNotSentAgain() {
		try (TestBroker broker = TestBroker.start(); AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			application(proxy.url()).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.loseAnswers(1);
				assertThatExceptionOfType(PublishUncertainException.class)
					.isThrownBy(() -> publisher.to("orders").persistent(false).publish(MARKER));
				// The publisher may know of the loss before the broker has read the
				// message.
				Flow.eventually().until(() -> broker.depth(Flow.QUEUE) == 2);
			});
			assertThat(broker.depth(Flow.QUEUE)).isEqualTo(2);
		}
	}

	@Test
	void refusedMessageIsNotSentAgain() {
		try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD)) {
			broker.forbidWriting(Flow.QUEUE);
			guarded(broker.url()).run((context) -> {
				long start = System.nanoTime();
				assertThatExceptionOfType(PublishException.class)
					.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", MARKER))
					.isNotInstanceOf(PublishUncertainException.class)
					.withMessageContaining("refused");
				assertThat(Flow.since(start)).isLessThan(TIMEOUT);
				assertThat(broker.sends()).isOne();
			});
		}
	}

	@Test
	void refusalAfterALostAnswerSaysNothingAboutTheFirstTry() {
		try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD);
				AnswerProxy proxy = new AnswerProxy(broker.url(), MARKER)) {
			guarded(proxy.url()).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.publish("orders", "before");
				proxy.loseAnswers(1);
				broker.refuseWritingAfter(broker.sends() + 1);
				assertThatExceptionOfType(PublishUncertainException.class)
					.isThrownBy(() -> publisher.publish("orders", MARKER));
				assertThat(broker.sends()).isEqualTo(3);
			});
		}
	}

	private static void assertUncertainInTime(MessagePublisher publisher) {
		long start = System.nanoTime();
		assertThatExceptionOfType(PublishUncertainException.class)
			.isThrownBy(() -> publisher.to("orders").header("am_id", "id-1").publish(MARKER))
			.satisfies((ex) -> assertThat(ex.getMessageId()).isEqualTo("id-1"))
			.withMessageContaining("id-1");
		assertThat(Flow.since(start)).isBetween(TIMEOUT.multipliedBy(9).dividedBy(10), BOUND);
	}

	private static String id(Message message) {
		try {
			return message.getStringProperty("am_id");
		}
		catch (jakarta.jms.JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ApplicationContextRunner guarded(String url) {
		return application(url).withPropertyValues("messaging.broker.default.user=" + GuardedBroker.USER,
				"messaging.broker.default.password=" + Secrets.PASSWORD);
	}

	private static ApplicationContextRunner application(String url) {
		return Flow.application(url)
			.withPropertyValues("messaging.broker.default.publisher.timeout=" + TIMEOUT.toMillis() + "ms");
	}

}
