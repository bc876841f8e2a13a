package org.activemessaging.broker.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that goes on by itself and can be put forward.
 */
final class MemoryClock extends Clock {

	private final AtomicLong ahead = new AtomicLong();

	private final ZoneId zone = ZoneOffset.UTC;

	void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Time does not go back, so " + duration + " is not possible");
		}
		this.ahead.addAndGet(duration.toMillis());
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("The clock of a broker shows UTC");
	}

	@Override
	public long millis() {
		return System.currentTimeMillis() + this.ahead.get();
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(millis());
	}

}
