package org.activemessaging.contract;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.RandomText;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.MessageHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes with a payload arrives as it was published, or is refused by name.
 */
abstract class HeaderArea extends Area {

	private static final int MESSAGES = 60;

	@Test
	void randomHeadersArriveUnchangedOrAreRefusedByName() {
		// To be repeated with -Dfuzz.seed=<seed> when it fails.
		long seed = Long.getLong("fuzz.seed", System.nanoTime());
		Random random = new Random(seed);
		Recorder recorder = new Recorder();
		Application application = start(application(recorder));
		Map<String, Map<String, Object>> sent = new HashMap<>();
		for (int i = 0; i < MESSAGES; i++) {
			Map<String, Object> headers = new HashMap<>();
			MessagePublisher.Publication publication = application.publication();
			for (int j = 0; j < Math.min(6, broker().mostHeaders()); j++) {
				String name = name(random);
				Object value = value(random);
				try {
					publication.header(name, value);
					headers.put(name, value);
				}
				catch (IllegalArgumentException ex) {
					assertThat(ex.getMessage()).as("seed %d", seed).contains(name.replaceAll("\\p{Cntrl}", "?"));
				}
			}
			try {
				publication.publish("message " + i);
				sent.put("message " + i, headers);
			}
			catch (PublishException ex) {
				assertThat(ex).as("seed %d", seed).isNotInstanceOf(PublishUncertainException.class);
				assertThat(headers.keySet()).as("seed %d: %s", seed, ex).anyMatch(ex.getMessage()::contains);
			}
		}
		Flow.eventually().until(() -> recorder.completed().size() >= sent.size());
		assertThat(sent).as("seed %d: messages that were taken", seed).hasSizeGreaterThan(MESSAGES / 3);
		for (Recorder.Call call : recorder.calls()) {
			sent.get(call.payload())
				.forEach((name, value) -> assertThat(comparable(call.message().getHeaders().get(name)))
					.as("seed %d: header '%s' of %s", seed, name, call.payload())
					.isEqualTo(comparable(value)));
		}
	}

	private Object comparable(Object value) {
		return broker().keepsHeaderTypes() ? value : String.valueOf(value);
	}

	private static String name(Random random) {
		return switch (random.nextInt(8)) {
			case 0 -> RandomText.of(random, 0x250);
			case 1 -> "x" + RandomText.of(random, 0x80);
			case 2 -> "_" + Long.toString(random.nextLong() >>> 1, 36);
			case 3 -> "NotJMS" + random.nextInt(100);
			default -> "h" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
		};
	}

	private static Object value(Random random) {
		return switch (random.nextInt(9)) {
			case 0 -> random.nextInt();
			case 1 -> random.nextLong();
			case 2 -> random.nextDouble();
			case 3 -> random.nextBoolean();
			case 4 -> RandomText.of(random, 0x80);
			case 5 -> RandomText.of(random, 0x10000);
			case 6 -> "colon: back\\slash \"quoted\" \u20ac";
			case 7 -> "x".repeat(random.nextInt(3000));
			default -> "plain " + random.nextInt();
		};
	}

	@Test
	void correlationIdArrives() {
		shared().publication(name()).correlationId("order: 4711").publish("text");
		MessageHeaders headers = shared().await(name()).message().getHeaders();
		assertThat(headers.get("jms_correlationId")).isEqualTo("order: 4711");
	}

	@Test
	@Requires(traits = Requires.Trait.KNOWS_REPLY_TO)
	void answerGoesWhereTheMessageSays() throws Exception {
		RawClient client = raw();
		client.prepare(queue(), queue("answers"));
		Session session = client.session();
		Message question = session.createTextMessage("question");
		question.setJMSReplyTo(adapter().producerDestination(session, queue("answers")));
		client.send(session, queue(), question);
		Message received = client.take(queue());
		assertThat(received.getJMSReplyTo()).as("JMSReplyTo").isNotNull();
		session.createProducer(received.getJMSReplyTo()).send(session.createTextMessage("answer"));
		assertThat(RawClient.text(client.take(queue("answers")))).isEqualTo("answer");
	}

	@Test
	@Requires(Capability.PRIORITY)
	void higherPriorityOvertakes() {
		Application publisher = start(application());
		for (int priority : new int[] { 1, 9, 4, 0 }) {
			publisher.publication().priority(priority).publish(String.valueOf(priority));
		}
		Recorder recorder = new Recorder();
		start(application(recorder));
		Flow.eventually().until(() -> recorder.completed().size() == 4);
		assertThat(recorder.completed()).containsExactly("9", "4", "1", "0");
	}

	@Test
	@Requires(Capability.EXPIRY)
	void whatIsTooOldIsNotProcessed() {
		Application publisher = start(application());
		publisher.publication().timeToLive(Duration.ofMillis(200)).publish("short-lived");
		publisher.publication().timeToLive(Duration.ofMinutes(5)).publish("lasting");
		Flow.work(Duration.ofMillis(400));
		Recorder recorder = new Recorder();
		start(application(recorder));
		Flow.eventually().until(() -> !recorder.completed().isEmpty());
		assertThat(recorder.completed()).isEqualTo(List.of("lasting"));
	}

	@Test
	void headersOfTheLibraryArriveBesideAsManyAsThereMayBe() {
		MessagePublisher.Publication publication = shared().publication(name());
		// One says which test it is.
		int most = broker().mostHeaders() - 1;
		for (int i = 0; i < most; i++) {
			publication.header("h" + i, "value " + i);
		}
		publication.publish("text");
		MessageHeaders headers = shared().await(name()).message().getHeaders();
		for (int i = 0; i < most; i++) {
			assertThat(headers.get("h" + i)).isEqualTo("value " + i);
		}
		assertThat(headers).containsKey("am_id");
	}

}
