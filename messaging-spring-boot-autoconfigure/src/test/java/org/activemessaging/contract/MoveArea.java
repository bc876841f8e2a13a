package org.activemessaging.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.RejectMessageException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.fault.FaultProxy;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message on its way to another queue is never lost, and never doubled where the broker
 * moves it as a whole; else a copy has the same id.
 */
@Requires(Capability.ATOMIC_MOVE)
abstract class MoveArea extends Area {

	private static final int MESSAGES = 60;

	@Test
	@Requires(traits = Requires.Trait.RECOVERS_SOON)
	void brokerDiesWhileMessagesAreMoved() throws Exception {
		Recorder recorder = rejecting();
		Application application = start(application(recorder));
		application.publish(0, MESSAGES);
		Flow.eventually().until(() -> recorder.calls().size() >= 10);
		broker().kill();
		broker().start();
		assertMoved(application.deadLetters(null));
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void linkIsCutWhileMessagesAreMoved() throws Exception {
		start(application()).publish(0, MESSAGES);
		Recorder recorder = rejecting();
		FaultProxy line = line();
		Application application = start(application(line, recorder));
		for (int cut = 1; cut <= 3; cut++) {
			int before = recorder.calls().size();
			Flow.eventually().until(() -> recorder.calls().size() >= before + 5 || recorder.calls().size() >= MESSAGES);
			line.cut();
		}
		assertMoved(application.deadLetters(null));
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void answersToTheCommitAreLostWhileMessagesAreMoved() throws Exception {
		start(application()).publish(0, MESSAGES);
		Recorder recorder = rejecting();
		FaultProxy line = line();
		Application application = start(application(line, recorder));
		Flow.eventually().until(() -> recorder.calls().size() >= 5);
		line.dropAnswers();
		Flow.work(Duration.ofMillis(100));
		line.heal();
		assertMoved(application.deadLetters(null));
	}

	private static Recorder rejecting() {
		return new Recorder((message) -> {
			Flow.work(Duration.ofMillis(3));
			throw new RejectMessageException("on purpose");
		});
	}

	private void assertMoved(Address target) throws JMSException {
		List<Message> moved = new ArrayList<>();
		TreeSet<Integer> found = new TreeSet<>();
		RawClient client = raw();
		client.prepare(target);
		Flow.eventually().until(() -> {
			for (Message message : client.drain(target)) {
				moved.add(message);
				found.add(Integer.valueOf(RawClient.text(message)));
			}
			return found.size() == MESSAGES;
		});
		moved.addAll(client.drain(target));
		assertThat(client.drain(queue())).as("left in the queue").isEmpty();
		List<String> ids = new ArrayList<>();
		for (Message message : moved) {
			ids.add(message.getStringProperty("am_id"));
		}
		assertThat(new TreeSet<>(ids)).as("ids").hasSize(MESSAGES);
		if (support(Capability.ATOMIC_MOVE).level() == Support.Level.NATIVE) {
			assertThat(ids).hasSize(MESSAGES);
		}
	}

}
