package org.activemessaging.broker;

import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOffExecution;

/**
 * Remembers that a broker refused the credentials, so that an application that goes on
 * calling does not try them with each message: brokers lock out who does. Used by one
 * thread at a time.
 *
 * @since 0.1.0
 */
public final class Refusal {

	private final BrokerProfile profile;

	private @Nullable JMSSecurityException refused;

	private @Nullable BackOffExecution backOff;

	private long nextTryAt;

	/**
	 * Creates a memory.
	 * @param profile the broker
	 */
	public Refusal(BrokerProfile profile) {
		this.profile = profile;
	}

	/**
	 * Checks whether the broker may be asked again.
	 * @throws JMSSecurityException if it refused a short time ago
	 */
	public void check() throws JMSSecurityException {
		if (this.refused != null && System.nanoTime() < this.nextTryAt) {
			throw this.refused;
		}
	}

	/**
	 * Notes that no connection could be made.
	 * @param failure why, of interest only if the credentials were refused
	 */
	public void note(JMSException failure) {
		if (failure instanceof JMSSecurityException refusal) {
			if (this.backOff == null) {
				this.backOff = this.profile.reconnectBackOff().start();
			}
			this.refused = refusal;
			this.nextTryAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.backOff.nextBackOff());
		}
	}

	/**
	 * Notes that the credentials were taken.
	 */
	public void clear() {
		this.refused = null;
		this.backOff = null;
	}

}
