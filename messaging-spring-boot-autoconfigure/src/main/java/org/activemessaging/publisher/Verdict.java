package org.activemessaging.publisher;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a try to send several messages together.
 *
 * @param kind whether the broker has them
 * @param failure why not, or why nobody knows; {@code null} if it has
 */
record Verdict(Kind kind, @Nullable Exception failure) {

	/**
	 * The broker has all of them.
	 */
	static final Verdict SENT = new Verdict(Kind.SENT, null);

	/**
	 * It has none of them, as nothing was tried.
	 */
	static final Verdict ALONE = new Verdict(Kind.APART, null);

	/**
	 * One of them is to blame, or there was no connection: the broker has none of them.
	 */
	static Verdict apart(Exception failure) {
		return new Verdict(Kind.APART, failure);
	}

	/**
	 * Nobody knows.
	 */
	static Verdict unanswered(JMSException failure) {
		return new Verdict(Kind.UNANSWERED, failure);
	}

	/**
	 * The kinds.
	 */
	enum Kind {

		/**
		 * Sent.
		 */
		SENT,

		/**
		 * To be sent each on its own.
		 */
		APART,

		/**
		 * To be sent again.
		 */
		UNANSWERED

	}

}
