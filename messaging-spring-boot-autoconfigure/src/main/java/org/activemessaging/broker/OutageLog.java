package org.activemessaging.broker;

import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSSecurityException;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Logs the loss of a connection once, then one line a minute, and its return.
 *
 * @since 0.1.0
 */
public final class OutageLog {

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final Log logger;

	private final String who;

	private boolean lost;

	private long lostAt;

	private long loggedAt;

	private volatile @Nullable String reason;

	/**
	 * Creates a log of outages.
	 * @param logger where to log
	 * @param who who uses the connection, as the subject of a sentence
	 */
	public OutageLog(Log logger, String who) {
		this.logger = logger;
		this.who = who;
	}

	/**
	 * Notes that the connection is lost, or still lost.
	 * @param failure why
	 */
	public synchronized void lost(Throwable failure) {
		long now = System.nanoTime();
		this.reason = describe(failure);
		if (!this.lost) {
			this.lost = true;
			this.lostAt = now;
			this.loggedAt = now;
			this.logger.warn(this.who + " has no connection and tries to get it back. Cause: " + this.reason);
		}
		else if (now - this.loggedAt >= INTERVAL) {
			this.loggedAt = now;
			this.logger.warn(this.who + " has had no connection for "
					+ TimeUnit.NANOSECONDS.toSeconds(now - this.lostAt) + " s. Cause: " + this.reason);
		}
		if (this.logger.isDebugEnabled()) {
			this.logger.debug("Connection failure", failure);
		}
	}

	/**
	 * Notes that the connection is there.
	 */
	public synchronized void regained() {
		this.reason = null;
		if (this.lost) {
			this.lost = false;
			this.logger.info(this.who + " is connected again after "
					+ TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.lostAt) + " s");
		}
	}

	/**
	 * Returns why the connection is lost.
	 * @return the reason without credentials, or {@code null} if it is not lost
	 */
	public @Nullable String reason() {
		return this.reason;
	}

	/**
	 * Describes a failure for people.
	 * @param failure the failure
	 * @return its messages, without credentials and options of URLs
	 */
	public static String describe(Throwable failure) {
		Throwable cause = failure;
		boolean refused = failure instanceof JMSSecurityException;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
			refused = refused || cause instanceof JMSSecurityException;
		}
		String text = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		return BrokerUrl.redact(refused ? "authentication or permission refused: " + text : text);
	}

}
