package org.activemessaging.listener;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.HdrHistogram.Histogram;

/**
 * How long a processor takes for a message, in the last one to two minutes.
 *
 * @param mean the mean
 * @param p50 what half of the messages stay below
 * @param p95 what 95 of 100 messages stay below
 * @param p99 what 99 of 100 messages stay below
 * @param max the longest
 * @since 0.1.0
 */
public record Durations(Duration mean, Duration p50, Duration p95, Duration p99, Duration max) {

	static Durations of(Histogram micros) {
		return new Durations(micros(micros.getMean()), micros(micros.getValueAtPercentile(50)),
				micros(micros.getValueAtPercentile(95)), micros(micros.getValueAtPercentile(99)),
				micros(micros.getMaxValue()));
	}

	private static Duration micros(double micros) {
		return Duration.of(Math.round(micros), ChronoUnit.MICROS);
	}

}
