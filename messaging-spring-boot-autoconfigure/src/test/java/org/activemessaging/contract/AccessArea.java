package org.activemessaging.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Flow;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.security.Secrets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A broker that refuses something says what, and nothing else suffers.
 */
abstract class AccessArea extends Area {

	@Test
	@Requires(traits = Requires.Trait.REFUSES_STRANGERS)
	void wrongCredentialsAreSaidAndDoNotStopTheStart() {
		Application application = start(application(new Recorder()).broker("default", broker(), broker().url(),
				broker().propertiesOfAStranger()));
		Flow.eventually().until(() -> application.operations().brokers().get("default").status() == BrokerStatus.DOWN);
		assertThat(application.operations().brokers().get("default").reason()).isNotBlank()
			.contains("refused")
			.doesNotContain(Secrets.CANARY);
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> application.publish("text"))
			.isNotInstanceOf(PublishUncertainException.class)
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(Secrets.CANARY));
		Flow.eventually().until(() -> application.report(Recorder.ID).outage() != null);
		assertThat(application.report(Recorder.ID).outage()).contains("refused").doesNotContain(Secrets.CANARY);
	}

	@Test
	@Requires(traits = Requires.Trait.KNOWS_PERMISSIONS)
	void missingPermissionOnOneQueueDoesNotDisturbAnother() throws Exception {
		raw().prepare(queue(), queue("other"));
		OtherProcessor other = new OtherProcessor();
		Application application = start(application(new Recorder(), other)
			.broker("default", broker(), broker().url(), broker().propertiesWithoutPermission(queue().name()))
			.with("messaging.destination.other.queue", queue("other").name()));
		Flow.eventually().until(() -> application.report(Recorder.ID).outage() != null);
		assertThat(application.report(Recorder.ID).state()).isEqualTo(ContainerState.RECOVERING);
		if (broker().refusesSending()) {
			assertThatExceptionOfType(PublishException.class).isThrownBy(() -> application.publish("forbidden"))
				.isNotInstanceOf(PublishUncertainException.class);
		}
		application.publisher().publish("other", "allowed");
		Flow.eventually().until(() -> other.received.equals(List.of("allowed")));
		assertThat(application.report("other").state()).isEqualTo(ContainerState.RUNNING);
		Flow.eventually().until(() -> application.operations().brokers().get("default").status() == BrokerStatus.UP);
		assertThat(raw().drain(queue())).isEmpty();
	}

	/**
	 * Listens to the other queue.
	 */
	@Processor
	static class OtherProcessor {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@SubscribesTo(value = "other", id = "other")
		void onMessage(String payload) {
			this.received.add(payload);
		}

	}

}
