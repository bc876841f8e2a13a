package org.activemessaging.contract;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When {@code publish} returns, the broker has the message; when it throws, it says why.
 */
abstract class PublishingArea extends Area {

	@Test
	@Requires(traits = Requires.Trait.RECOVERS_SOON)
	void whatWasPublishedIsThereAfterAKill() throws Exception {
		Application application = start(application());
		application.publish(0, 20);
		broker().kill();
		broker().start();
		assertThat(RawClient.texts(raw().take(queue(), 20))).containsExactlyInAnyOrderElementsOf(numbers(0, 20));
		assertThat(raw().drain(queue())).isEmpty();
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void withoutALinkItFailsInTimeAndWorksAgainWithOne() throws Exception {
		var line = line();
		Application application = start(application(line).with("messaging.broker.default.publisher.timeout", "1s"));
		application.publish("before");
		line.refuse();
		long begin = System.nanoTime();
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> application.publish("meanwhile"));
		assertThat(Flow.since(begin).toMillis()).isLessThan(4000);
		line.listen();
		Flow.eventually().ignoreExceptions().untilAsserted(() -> application.publish("after"));
		assertThat(RawClient.texts(raw().take(queue(), 2))).contains("before", "after");
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void uncertaintyNamesTheMessage() {
		var line = line();
		Application application = start(application(line).with("messaging.broker.default.publisher.timeout", "1s"));
		application.publish("before");
		line.dropAnswers();
		assertThatExceptionOfType(PublishUncertainException.class)
			.isThrownBy(() -> application.publication().header("am_id", "in-doubt").publish("text"))
			.satisfies((ex) -> assertThat(ex.getMessageId()).isEqualTo("in-doubt"));
	}

	@Test
	void whatAFailedTryPublishedIsForgotten() throws Exception {
		Application[] application = new Application[1];
		AtomicInteger tries = new AtomicInteger();
		Recorder recorder = new Recorder((message) -> {
			application[0].publisher().publish("out", "try " + tries.incrementAndGet());
			if (tries.get() < 3) {
				throw new IllegalStateException("not yet");
			}
		});
		application[0] = start(
				application(recorder).redelivery(1, 1).with("messaging.destination.out.queue", queue("out").name()));
		raw().prepare(queue("out"));
		application[0].publish("in");
		assertThat(RawClient.texts(raw().take(queue("out"), 1))).containsExactly("try 3");
		assertThat(raw().drain(queue("out"))).isEmpty();
		assertThat(recorder.calls()).hasSize(3);
	}

	@Test
	@Requires(Capability.VIRTUAL_TOPICS)
	void delayedMessageComesWhenItIsDueToEachGroup() {
		Recorder voyeur = new Recorder();
		Recorder billing = new Recorder();
		start(ofVirtualTopic("billing", billing)).awaitListening();
		Application application = start(ofVirtualTopic("voyeur", voyeur)).awaitListening();
		long begin = System.nanoTime();
		application.publication().delay(Duration.ofMillis(1500)).header("colour", "red").publish("later");
		application.publish("now");
		Flow.eventually().until(() -> voyeur.completed().size() == 2 && billing.completed().size() == 2);
		assertThat(Flow.since(begin)).isGreaterThanOrEqualTo(Duration.ofMillis(1490));
		assertThat(voyeur.payloads()).containsExactly("now", "later");
		assertThat(voyeur.calls().get(1).message().getHeaders()).containsEntry("colour", "red")
			.doesNotContainKeys(MessagingHeaders.DUE_AT, MessagingHeaders.ORIGINAL_DESTINATION);
	}

	@Test
	void idIsThatOfThePublisherOrANewOne() {
		shared().publication(name() + "mine").header("am_id", "my-id").publish("mine");
		shared().publication(name() + "ours").publish("ours");
		assertThat(shared().await(name() + "mine").id()).isEqualTo("my-id");
		assertThat(shared().await(name() + "ours").id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}");
	}

}
