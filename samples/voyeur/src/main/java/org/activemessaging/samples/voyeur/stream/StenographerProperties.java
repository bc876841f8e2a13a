package org.activemessaging.samples.voyeur.stream;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the {@link Stenographer} works.
 *
 * @param mode whether a page waits for the broker
 * @param capacity how many events may wait for the worker
 * @param initialBackOff the pause after the first failure to publish an event
 * @param maxBackOff the longest pause between two tries
 * @param drainTimeout how long the worker may go on when the application stops
 */
@ConfigurationProperties("voyeur.stenographer")
@Validated
public record StenographerProperties(@DefaultValue("background") Mode mode, @DefaultValue("10000") @Min(1) int capacity,
		@DefaultValue("100ms") Duration initialBackOff, @DefaultValue("5s") Duration maxBackOff,
		@DefaultValue("5s") Duration drainTimeout) {

	/**
	 * Whether a page waits for the broker.
	 */
	public enum Mode {

		/**
		 * A worker publishes, pages do not wait.
		 */
		BACKGROUND,

		/**
		 * An event is published before the page is answered.
		 */
		SYNCHRONOUS

	}

}
