package org.activemessaging.contract;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.MessageSelection;
import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.OperationRequest.From;
import org.activemessaging.operations.OperationRequest.Kind;
import org.activemessaging.operations.OperationView;
import org.activemessaging.operations.QueueOperations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A pattern has the messages of all places that match, each with the promise of its own.
 */
@Requires(Capability.WILDCARDS)
abstract class WildcardArea extends Area {

	@Test
	void topicsThatMatchAreHeard() {
		Recorder recorder = new Recorder();
		Application application = start(places("topic", ofTopic(recorder).destination("topic", name() + ".*")))
			.awaitListening();
		publish(application, "other", "deep", "eu", "us");
		Flow.eventually().until(() -> recorder.completed().size() >= 2);
		assertThat(recorder.completed()).containsExactly("eu", "us");
		assertThat(sources(recorder)).containsExactly(name() + ".eu", name() + ".us");
	}

	@Test
	void groupKeepsWhatMatchesWhileItIsAway() {
		start(ofPattern(">", new Recorder())).awaitListening().close();
		publish(start(places("virtual-topic", publisherTo())), "other", "eu", "deep", "us");
		Recorder back = new Recorder();
		start(ofPattern(">", back));
		Flow.eventually().until(() -> back.completed().size() >= 3);
		assertThat(back.completed()).containsExactlyInAnyOrder("eu", "deep", "us");
		assertThat(sources(back)).containsExactlyInAnyOrder(name() + ".eu", name() + ".eu.deep", name() + ".us");
	}

	@Test
	void publisherOfOneTopicPreparesTheGroupOfThePattern() {
		Application.Builder publisher = places("virtual-topic", ofPattern("*").destination("groups", "voyeur"));
		publish(start(publisher.with("spring.application.name", name() + "-publisher")), "eu");
		Recorder recorder = new Recorder();
		start(ofPattern("*", recorder));
		Flow.eventually().until(() -> !recorder.completed().isEmpty());
		assertThat(recorder.completed()).containsExactly("eu");
	}

	@Test
	void failedMessageOfAGroupComesAgainEndsInTheDeadLettersAndIsSentBack() throws Exception {
		AtomicBoolean mended = new AtomicBoolean();
		Recorder recorder = failingUntil(mended);
		Application application = start(places("virtual-topic", ofPattern("*", recorder)).redelivery(1, 1)
			.with("messaging.operations.redrive.enabled", "true")).awaitListening();
		publish(application, "other", "eu");
		assertIsSentBack(application, recorder, mended, "voyeur");
		assertThat(sources(recorder)).containsOnly(name() + ".eu");
	}

	@Test
	void failedMessageOfAQueueReturnsToThatQueueUnlessTheBrokerHasNoSuchPattern() throws Exception {
		AtomicBoolean mended = new AtomicBoolean();
		Recorder recorder = failingUntil(mended);
		Application.Builder builder = places("queue", application(recorder).destination("queue", name() + ".*"))
			.redelivery(1, 1)
			.with("messaging.operations.redrive.enabled", "true");
		if (!hasPatternsOfQueues()) {
			assertThatException().isThrownBy(() -> start(builder))
				.havingRootCause()
				.withMessageContaining("none for 'queue'");
			return;
		}
		Application application = start(builder).awaitListening();
		publish(application, "other", "eu");
		assertIsSentBack(application, recorder, mended, null);
		assertThat(sources(recorder)).containsOnly(name() + ".eu");
		assertThat(RawClient.texts(raw().drain(Address.queue(name() + "x")))).containsExactly("other");
	}

	private boolean hasPatternsOfQueues() {
		try {
			adapter().checkPattern(run().profile(), Address.queue(name() + ".*"));
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static Recorder failingUntil(AtomicBoolean mended) {
		return new Recorder((message) -> {
			if (!mended.get()) {
				throw new IllegalStateException("on purpose");
			}
		});
	}

	private void assertIsSentBack(Application application, Recorder recorder, AtomicBoolean mended, String group)
			throws JMSException {
		Flow.eventually().until(() -> application.report(Recorder.ID).deadLettered() == 1);
		assertThat(recorder.payloads()).containsExactly("eu", "eu", "eu", "eu");
		Address letters = application.deadLetters(group);
		Message letter = raw().take(letters);
		assertThat(letter.getStringProperty(MessagingHeaders.SOURCE)).isEqualTo(name() + ".eu");
		assertThat(letters.name()).startsWith("DLQ.").endsWith(name()).doesNotContain("*");
		raw().send(raw().session(), letters, letter);
		mended.set(true);
		QueueOperations operations = application.context().getBean(QueueOperations.class);
		String id = operations
			.submit(new OperationRequest(Kind.REDRIVE, name(), group, From.DEAD_LETTERS, null, MessageSelection.ALL, 10,
					false, false, new OperationRequest.Redrive(List.of(), 0, 1), "test"))
			.id();
		Flow.eventually().until(() -> operations.get(id).state() != OperationView.State.RUNNING);
		assertThat(operations.get(id).moved()).as("%s", operations.get(id)).isOne();
		Flow.eventually().until(() -> !recorder.completed().isEmpty());
		assertThat(recorder.completed()).containsExactly("eu");
	}

	private Application.Builder ofPattern(String end, Object... processors) {
		return ofVirtualTopic("voyeur", processors).destination("virtual-topic", name() + "." + end);
	}

	private Application.Builder places(String type, Application.Builder builder) {
		return builder.with("messaging.destination.eu." + type, name() + ".eu")
			.with("messaging.destination.us." + type, name() + ".us")
			.with("messaging.destination.deep." + type, name() + ".eu.deep")
			.with("messaging.destination.other." + type, name() + "x");
	}

	private static void publish(Application application, String... destinations) {
		for (String destination : destinations) {
			application.publisher().publish(destination, destination);
		}
	}

	private static List<Object> sources(Recorder recorder) {
		return recorder.calls()
			.stream()
			.map((call) -> call.message().getHeaders().get(MessagingHeaders.SOURCE))
			.toList();
	}

}
