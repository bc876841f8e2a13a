package org.activemessaging.test;

import java.util.List;

import org.activemessaging.deadletter.DeadLetter;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the messages of a destination that were given up.
 *
 * @since 0.1.0
 */
public final class DeadLettersAssert extends AbstractAssert<DeadLettersAssert, List<DeadLetter>> {

	private final MessagingHarnessAssert origin;

	private final String destination;

	DeadLettersAssert(MessagingHarnessAssert origin, String destination, List<DeadLetter> letters) {
		super(letters, DeadLettersAssert.class);
		this.origin = origin;
		this.destination = destination;
		if (letters.isEmpty()) {
			failWithMessage("No message of '%s' was given up", destination);
		}
	}

	/**
	 * Verifies how many messages were given up.
	 * @param messages how many
	 * @return this assertion
	 */
	public DeadLettersAssert hasSize(int messages) {
		if (this.actual.size() != messages) {
			failWithActualExpectedAndMessage(this.actual.size(), messages, "%d messages of '%s' were given up, not %d",
					this.actual.size(), this.destination, messages);
		}
		return this;
	}

	/**
	 * Verifies that at least one message was given up for a reason.
	 * @param type the exception, or one of those behind it
	 * @return this assertion
	 */
	public DeadLettersAssert withCause(Class<? extends Throwable> type) {
		if (this.actual.stream().noneMatch((letter) -> Journal.isCausedBy(letter.failure(), type))) {
			failWithMessage("No message of '%s' was given up because of %s, but because of %s", this.destination,
					type.getName(), this.actual.stream().map(DeadLetter::failure).toList());
		}
		return this;
	}

	/**
	 * Verifies that at least one message was given up after so many tries.
	 * @param tries how many
	 * @return this assertion
	 */
	public DeadLettersAssert afterTries(int tries) {
		if (this.actual.stream().noneMatch((letter) -> letter.attempt() == tries)) {
			failWithMessage("No message of '%s' was given up after %d tries, but after %s", this.destination, tries,
					this.actual.stream().map(DeadLetter::attempt).toList());
		}
		return this;
	}

	/**
	 * Goes back to the harness.
	 * @return its assertions
	 */
	public MessagingHarnessAssert and() {
		return this.origin;
	}

}
