package org.activemessaging.fault;

import org.assertj.core.api.SoftAssertions;

/**
 * What a verdict has to say for the promise to be kept.
 */
final class Verdicts {

	private Verdicts() {
	}

	/**
	 * Asserts that nothing is lost, little is repeated, and nobody is given up who has
	 * not failed.
	 * @param verdict the verdict
	 * @param bound how many messages may be handled twice
	 */
	static void assertPromiseKept(Verdict verdict, int bound) {
		SoftAssertions softly = new SoftAssertions();
		softly.assertThat(verdict.lost()).as("lost").isEmpty();
		softly.assertThat(verdict.handledTwice()).as("handled twice").hasSizeLessThanOrEqualTo(bound);
		softly.assertThat(verdict.innocents()).as("innocents in the dead letters").isEmpty();
		softly.assertThat(verdict.brokerDeadLetters()).as("in the broker's own dead letters").isEmpty();
		softly.assertThat(verdict.doubled()).as("in two places").isEmpty();
		softly.assertThat(verdict.waiting()).as("still waiting").isEmpty();
		softly.assertAll();
	}

}
