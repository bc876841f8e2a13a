package org.activemessaging.test;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finds the processor that is not idempotent.
 */
@MessagingTest(duplicates = true, firstTryFails = true)
@Import(Visits.class)
class FaultInjectionTests {

	private final MessagingHarness harness;

	private final Visits visits;

	FaultInjectionTests(@Autowired MessagingHarness harness, @Autowired Visits visits) {
		this.harness = harness;
		this.visits = visits;
		visits.sessions().clear();
	}

	@Test
	void visitIsCountedAgainWithEachTry() {
		this.harness.publishAndWait("clickstream", new Click("s1", "/home"));
		assertThat(this.harness).published("sessions").hasSize(1);
		assertThat(this.harness).processed("clickstream-processor", 1).processed("session-processor", 1).nothingLeft();
		// Of two copies of the click one was tried twice. Sessions are on another broker,
		// so
		// each of the three tries has sent two copies, of which one was tried twice.
		assertThat(this.visits.sessions()).hasSize(7).containsOnly("s1");
	}

	@Test
	void withoutInjectionItIsCountedOnce() {
		this.harness.duplicates(false).firstTryFails(false).publishAndWait("clickstream", new Click("s1", "/home"));
		assertThat(this.visits.sessions()).containsExactly("s1");
	}

	@Test
	void injectionIsBackInTheNextTest() {
		this.harness.firstTryFails(false).publishAndWait("sessions", new Session("s2"));
		assertThat(this.visits.sessions()).isEqualTo(Arrays.asList("s2", "s2"));
	}

}
