package org.activemessaging.test;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Processors that run in the publish.
 */
@MessagingTest(synchronous = true)
@Import(Visits.class)
class SynchronousTests {

	private final MessagePublisher publisher;

	private final MessagingHarness harness;

	private final Visits visits;

	SynchronousTests(@Autowired MessagePublisher publisher, @Autowired MessagingHarness harness,
			@Autowired Visits visits) {
		this.publisher = publisher;
		this.harness = harness;
		this.visits = visits;
		visits.sessions().clear();
	}

	@Test
	void publishReturnsWhenAllIsDone() {
		this.publisher.publish("clickstream", new Click("s1", "/home"));
		assertThat(this.visits.sessions()).containsExactly("s1");
		assertThat(this.harness).published("sessions").hasSize(1).and().processed("session-processor", 1);
	}

	@Test
	void publishThrowsWhatTheProcessorThrows() {
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> this.publisher.publish("clickstream", new Click("s1", null)))
			.withCauseInstanceOf(IllegalArgumentException.class);
	}

}
