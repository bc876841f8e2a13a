package org.activemessaging.contract;

import java.time.Duration;

import org.activemessaging.RejectMessageException;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.Support;
import org.activemessaging.flow.Flow;
import org.activemessaging.operations.QueueView;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers are true, or they are missing.
 */
abstract class NumbersArea extends Area {

	@Test
	@Requires(Capability.DEPTH)
	void depthIsExactAtRest() throws Exception {
		raw().prepare(queue());
		Application publisher = start(application());
		publisher.publish(0, 7);
		awaitDepth(publisher, 7);
		if (support(Capability.DEPTH).level() == Support.Level.NATIVE) {
			assertThat(view(publisher).exact()).isEqualTo(broker().tellsExactDepth());
		}
		assertThat(view(publisher).source()).isNotBlank();
		raw().take(queue(), 3);
		awaitDepth(publisher, 4);
		Recorder recorder = new Recorder((message) -> {
			throw new RejectMessageException("on purpose");
		});
		start(application(recorder));
		awaitDepth(publisher, 0);
		Flow.eventually().until(() -> Long.valueOf(4).equals(view(publisher).deadLetters().depth()));
	}

	@Test
	void numberThatNobodyKnowsIsMissing() throws Exception {
		raw().prepare(queue());
		Application application = start(application());
		application.publish("text");
		Flow.eventually().until(() -> view(application).sampledAt() != null);
		if (support(Capability.DEPTH).available()) {
			awaitDepth(application, 1);
		}
		else {
			assertThat(view(application).depth()).isNull();
		}
		if (support(Capability.OLDEST_AGE).available()) {
			Flow.eventually().until(() -> view(application).oldestAge() != null);
		}
		else {
			assertThat(view(application).oldestAge()).isNull();
		}
		for (Long number : new Long[] { view(application).inFlight(), view(application).consumers() }) {
			assertThat(number).isIn(null, 0L);
		}
	}

	@Test
	@Requires(Capability.PURGE)
	void purgeRemovesWhatNobodyHas() throws Exception {
		start(application()).publish(0, 30);
		RawClient client = raw();
		long removed = ((QueuePurging) adapter()).purge(client.connection(), queue(), Duration.ofSeconds(20));
		assertThat(removed).isEqualTo(30);
		start(application()).publish("later");
		assertThat(RawClient.texts(raw().take(queue(), 1))).containsExactly("later");
	}

	private static void awaitDepth(Application application, long depth) {
		Flow.eventually().untilAsserted(() -> assertThat(view(application).depth()).isEqualTo(depth));
	}

	private static QueueView view(Application application) {
		return application.operations().destinations().get(application.destination().name()).queues().get(0);
	}

}
