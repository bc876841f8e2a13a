package org.activemessaging.test;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The slice and the harness.
 */
@MessagingTest
@Import(Visits.class)
class ClickstreamProcessorTests {

	private final MessagingHarness harness;

	private final Visits visits;

	private final ApplicationContext context;

	ClickstreamProcessorTests(@Autowired MessagingHarness harness, @Autowired Visits visits,
			@Autowired ApplicationContext context) {
		this.harness = harness;
		this.visits = visits;
		this.context = context;
		visits.sessions().clear();
	}

	@Test
	void clickBeginsSession() {
		this.harness.publishAndWait("clickstream", new Click("s1", "/home"));
		assertThat(this.harness).published("sessions")
			.hasSize(1)
			.withPayload(new Session("s1"))
			.and()
			.processed("clickstream-processor", 1)
			.processed("session-processor", 1)
			.nothingLeft();
		assertThat(this.visits.sessions()).containsExactly("s1");
	}

	@Test
	void clickWithoutPageIsGivenUp() {
		this.harness.expectFailure(IllegalArgumentException.class)
			.publishAndWait("clickstream", new Click("s1", null))
			.fastForward();
		assertThat(this.harness).deadLettered("clickstream").hasSize(1).withCause(IllegalArgumentException.class);
		assertThat(this.harness).published("sessions").isEmpty();
	}

	@Test
	void failureThatNobodyExpectsFailsTheTest() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.harness.publishAndWait("clickstream", new Click("s1", null)))
			.withMessageContaining("clickstream-processor")
			.withRootCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void delayedRedeliveryComesWhenItsTimeHasCome() {
		this.harness.expectFailure(IllegalArgumentException.class).publishAndWait("clickstream", new Click("s1", null));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.harness).nothingLeft())
			.withMessageContaining("1 delayed");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.harness).deadLettered("clickstream"));
		this.harness.advance(Duration.ofHours(1));
		this.harness.fastForward();
		assertThat(this.harness).deadLettered("clickstream").afterTries(18);
	}

	@Test
	void sliceHasNothingElse() {
		assertThat(this.context.getBeanNamesForType(SessionProcessor.class)).hasSize(1);
		assertThat(List.of(this.context.getBeanDefinitionNames())).noneMatch((name) -> name.contains("Servlet"));
	}

}
