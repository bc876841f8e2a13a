package org.activemessaging.publisher;

import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.activemessaging.broker.BrokerProfile;
import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOffExecution;

/**
 * Remembers that a broker refused the credentials, so that an application that goes on
 * publishing does not try them with each message: brokers lock out who does. Used by one
 * thread.
 */
final class Refusal {

	private final BrokerProfile profile;

	private @Nullable JMSSecurityException refused;

	private @Nullable BackOffExecution backOff;

	private long nextTryAt;

	Refusal(BrokerProfile profile) {
		this.profile = profile;
	}

	/**
	 * Checks whether the broker may be asked again.
	 * @throws JMSSecurityException if it refused a short time ago
	 */
	void check() throws JMSSecurityException {
		if (this.refused != null && System.nanoTime() < this.nextTryAt) {
			throw this.refused;
		}
	}

	void note(JMSException failure) {
		if (failure instanceof JMSSecurityException refusal) {
			if (this.backOff == null) {
				this.backOff = this.profile.reconnectBackOff().start();
			}
			this.refused = refusal;
			this.nextTryAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.backOff.nextBackOff());
		}
	}

	void clear() {
		this.refused = null;
		this.backOff = null;
	}

}
