package org.activemessaging.contract;

import java.util.ArrayList;
import java.util.List;

import org.activemessaging.RejectMessageException;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every group gets every message, and shares them among its members.
 */
@Requires(Capability.VIRTUAL_TOPICS)
abstract class VirtualTopicArea extends Area {

	@Test
	void groupsGetEverythingAndMembersShare() {
		Recorder first = new Recorder();
		Recorder second = new Recorder();
		Recorder other = new Recorder();
		start(ofVirtualTopic("voyeur", first)).awaitListening();
		start(ofVirtualTopic("voyeur", second)).awaitListening();
		start(ofVirtualTopic("billing", other)).awaitListening();
		Application publisher = start(publisherTo("voyeur", "billing"));
		publisher.publish(0, 40);
		Flow.eventually().until(() -> first.completed().size() + second.completed().size() >= 40);
		Flow.eventually().until(() -> other.completed().size() >= 40);
		List<String> shared = new ArrayList<>(first.completed());
		shared.addAll(second.completed());
		assertThat(shared).containsExactlyInAnyOrderElementsOf(numbers(0, 40));
		assertThat(other.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 40));
	}

	@Test
	void groupThatIsAwayKeepsItsMessages() {
		start(ofVirtualTopic("voyeur", new Recorder())).awaitListening().close();
		start(publisherTo("voyeur")).publish(0, 10);
		Recorder back = new Recorder();
		start(ofVirtualTopic("voyeur", back));
		Flow.eventually().until(() -> back.completed().size() >= 10);
		assertThat(back.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 10));
	}

	@Test
	void groupThatAPublisherKnowsMissesNothingBeforeItsFirstStart() {
		start(publisherTo("voyeur", "billing")).publish(0, 5);
		for (String group : List.of("voyeur", "billing")) {
			Recorder recorder = new Recorder();
			start(ofVirtualTopic(group, recorder));
			Flow.eventually().until(() -> recorder.completed().size() >= 5);
			assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 5));
		}
	}

	@Test
	void newGroupGetsWhatComesFromThenOn() {
		Recorder old = new Recorder();
		start(ofVirtualTopic("voyeur", old)).awaitListening();
		start(publisherTo("voyeur")).publish(0, 3);
		Flow.eventually().until(() -> old.completed().size() == 3);
		Recorder late = new Recorder();
		start(ofVirtualTopic("billing", late)).awaitListening();
		start(publisherTo("voyeur", "billing")).publish(3, 6);
		Flow.eventually().until(() -> old.completed().size() == 6 && late.completed().size() >= 3);
		assertThat(late.completed()).containsExactlyInAnyOrderElementsOf(numbers(3, 6));
	}

	@Test
	void deadLetterOfOneGroupIsNotOneOfAnother() throws Exception {
		Recorder failing = new Recorder((message) -> {
			throw new RejectMessageException("not for me");
		});
		Recorder other = new Recorder();
		Application voyeur = start(ofVirtualTopic("voyeur", failing)).awaitListening();
		Application billing = start(ofVirtualTopic("billing", other)).awaitListening();
		start(publisherTo("voyeur", "billing")).publish("click");
		assertThat(RawClient.text(raw().take(voyeur.deadLetters("voyeur")))).isEqualTo("click");
		Flow.eventually().until(() -> other.completed().equals(List.of("click")));
		raw().prepare(billing.deadLetters("billing"));
		assertThat(raw().drain(billing.deadLetters("billing"))).isEmpty();
	}

	@Test
	void delayedMessageReturnsToItsOwnGroupOnly() {
		Recorder failing = new Recorder((message) -> {
			if (!message.getHeaders().containsKey("am_attempt")) {
				throw new IllegalStateException("not yet");
			}
		});
		Recorder other = new Recorder();
		start(ofVirtualTopic("voyeur", failing).redelivery(0, 3)).awaitListening();
		// Each its own application: those of one name take one another's delayed
		// messages.
		start(ofVirtualTopic("billing", other).with("spring.application.name", name() + "b")).awaitListening();
		start(publisherTo("voyeur", "billing").with("spring.application.name", name() + "p")).publish("click");
		Flow.eventually().until(() -> failing.completed().equals(List.of("click")));
		Flow.eventually().until(() -> !other.completed().isEmpty());
		assertThat(failing.calls()).hasSize(2);
		assertThat(other.calls()).hasSize(1);
	}

}
