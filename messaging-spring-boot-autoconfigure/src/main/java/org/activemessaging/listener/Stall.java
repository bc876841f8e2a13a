package org.activemessaging.listener;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A processor that cannot move failed messages. One that can neither be processed nor be
 * moved stays where it is: it is neither lost nor counted, and tried again more and more
 * seldom.
 */
final class Stall {

	static final String REASON = "failed messages cannot be moved: ";

	private static final Log logger = LogFactory.getLog(InboundFlow.class);

	private final String who;

	private final String source;

	private final Brake brake;

	private volatile @Nullable String reason;

	Stall(String who, String source, Brake brake) {
		this.who = who;
		this.source = source;
		this.brake = brake;
	}

	void begin(String reason) {
		if (this.reason == null) {
			logger.warn(this.who + " cannot move failed messages and keeps them in " + this.source + " until it can: "
					+ reason);
		}
		this.reason = REASON + reason;
		this.brake.apply();
	}

	void end() {
		if (this.reason != null) {
			this.reason = null;
			this.brake.succeeded();
			logger.info(this.who + " can move failed messages again");
		}
	}

	@Nullable String reason() {
		return this.reason;
	}

}
