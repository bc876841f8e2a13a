package org.activemessaging.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.activemessaging.MessageReceiver;
import org.activemessaging.broker.Capability;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An application takes one message when it wants one.
 */
abstract class ReceiveArea extends Area {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(300);

	@Test
	void oneMessageAtATimeIsTaken() {
		Application application = start(application());
		application.publish("1", "2", "3");
		List<String> received = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			application.receiver()
				.receive(name(), LONG, String.class)
				.map(Message::getPayload)
				.ifPresent(received::add);
		}
		assertThat(received).containsExactlyInAnyOrder("1", "2", "3");
		assertThat(application.receiver().receive(name(), SHORT, String.class)).isEmpty();
	}

	@Test
	void messageOfAHandlerThatFailsComesAgainWithoutWhatItPublished() {
		String other = name() + "-other";
		Application application = start(
				application().with("messaging.destination." + other + ".queue", queue("o").name()));
		application.publish("once");
		MessageReceiver receiver = application.receiver();
		assertThatIllegalStateException().isThrownBy(() -> receiver.receive(name(), LONG, String.class, (message) -> {
			application.publisher().publish(other, "too early");
			throw new IllegalStateException("not now");
		})).withMessage("not now");
		boolean handled = receiver.receive(name(), LONG, String.class,
				(message) -> application.publisher().publish(other, "after " + message.getPayload()));
		assertThat(handled).isTrue();
		assertThat(receiver.receive(other, LONG, String.class)).map(Message::getPayload).contains("after once");
		assertThat(receiver.receive(other, SHORT, String.class)).isEmpty();
		assertThat(receiver.receive(name(), SHORT, String.class)).isEmpty();
	}

	@Test
	void unconvertibleMessageIsADeadLetterAndTheNextOneIsTaken() throws Exception {
		Application application = start(application());
		application.publish("no number");
		Optional<Message<Integer>> none = application.receiver().receive(name(), SHORT, Integer.class);
		assertThat(none).isEmpty();
		assertThat(RawClient.texts(raw().take(application.deadLetters(null), 1))).containsExactly("no number");
		application.publish("42");
		assertThat(application.receiver().receive(name(), LONG, Integer.class)).map(Message::getPayload).contains(42);
	}

	@Test
	@Requires(Capability.VIRTUAL_TOPICS)
	void eachGroupOfAVirtualTopicIsTakenFrom() {
		Application application = start(publisherTo("voyeur", "billing"));
		application.publish("everybody");
		for (String group : List.of("voyeur", "billing")) {
			assertThat(application.receiver().from(name()).group(group).receive(LONG, String.class))
				.map(Message::getPayload)
				.contains("everybody");
			assertThat(application.receiver().from(name()).group(group).receive(SHORT, String.class)).isEmpty();
		}
	}

}
