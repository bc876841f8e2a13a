package org.activemessaging.test;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application with brokers in memory.
 */
@SpringBootTest
@AutoConfigureTestMessaging
class WholeApplicationTests {

	private final MessagingHarness harness;

	private final Visits visits;

	WholeApplicationTests(@Autowired MessagingHarness harness, @Autowired Visits visits) {
		this.harness = harness;
		this.visits = visits;
	}

	@Test
	void visitIsCounted() {
		this.harness.publishAndWait("clickstream", new Click("s9", "/home"));
		assertThat(this.visits.sessions()).contains("s9");
		assertThat(this.harness).nothingLeft();
	}

}
