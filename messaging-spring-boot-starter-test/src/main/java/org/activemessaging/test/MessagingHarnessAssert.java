package org.activemessaging.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what has happened since the test method began. They do not wait: call
 * {@link MessagingHarness#awaitQuiet()} before, or publish by
 * {@link MessagingHarness#publishAndWait}.
 *
 * @since 0.1.0
 */
public final class MessagingHarnessAssert extends AbstractAssert<MessagingHarnessAssert, MessagingHarness> {

	MessagingHarnessAssert(MessagingHarness harness) {
		super(harness, MessagingHarnessAssert.class);
	}

	/**
	 * Looks at what was published to a destination. Messages with the same {@code am_id}
	 * are one; what a processor published to its own broker in a try that failed is none.
	 * @param destination the logical name of the destination
	 * @return assertions about its messages
	 */
	public PublishedAssert published(String destination) {
		return new PublishedAssert(this, destination, this.actual.published(destination), this.actual.converter());
	}

	/**
	 * Verifies how many messages a processor has handled to the end. Messages with the
	 * same {@code am_id} are one.
	 * @param processor the id of the processor
	 * @param messages how many
	 * @return this assertion
	 */
	public MessagingHarnessAssert processed(String processor, int messages) {
		if (!this.actual.processors().contains(processor)) {
			failWithMessage("There is no processor '%s', but %s", processor, this.actual.processors());
		}
		int actualMessages = this.actual.processed(processor);
		if (actualMessages != messages) {
			failWithActualExpectedAndMessage(actualMessages, messages, "Processor '%s' has handled %d messages, not %d",
					processor, actualMessages, messages);
		}
		return this;
	}

	/**
	 * Verifies that at least one message of a destination was given up.
	 * @param destination the logical name of the destination
	 * @return assertions about its dead letters
	 */
	public DeadLettersAssert deadLettered(String destination) {
		return new DeadLettersAssert(this, destination, this.actual.deadLetters(destination));
	}

	/**
	 * Verifies that no queue holds a message: none waits, none is delayed, none is in
	 * work, and none is a dead letter.
	 * @return this assertion
	 */
	public MessagingHarnessAssert nothingLeft() {
		List<String> left = this.actual.left();
		if (!left.isEmpty()) {
			failWithMessage("There are messages left: %s", left);
		}
		return this;
	}

}
