package org.activemessaging.samples.voyeur.analytics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as every JDBC driver takes them.
 */
final class Timestamps {

	private Timestamps() {
	}

	static OffsetDateTime of(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	static OffsetDateTime now() {
		return of(Instant.now());
	}

}
