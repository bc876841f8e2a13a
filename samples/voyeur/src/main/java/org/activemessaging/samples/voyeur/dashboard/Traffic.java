package org.activemessaging.samples.voyeur.dashboard;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the dashboard shows.
 *
 * @param at when it was read
 * @param since when this process started
 * @param intervalSeconds the length of an interval of the charts
 * @param intervals the last minutes, oldest first, without gaps
 * @param latency how long visitors waited, in milliseconds, over these minutes
 * @param delay how long it took from the click to its row, in milliseconds
 * @param totals how many there are in all
 * @param streams the streams, each with what was published and what has arrived
 * @param topQueries the most frequent searches
 * @param topPages the most frequent pages, as both groups counted them
 * @param heat where the mouse was
 * @param failures the last errors
 */
record Traffic(Instant at, Instant since, int intervalSeconds, List<Interval> intervals, Percentiles latency,
		Percentiles delay, Totals totals, List<StreamCount> streams, List<TopQuery> topQueries, List<TopPage> topPages,
		Heat heat, List<Failure> failures) {

	record Interval(Instant from, long clicks, long uniques, @Nullable Double p50, @Nullable Double p95) {

	}

	record Percentiles(@Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {

	}

	record Totals(long clicks, long uniques, long queries, long tracks, long suggested, long accepted,
			long componentFailures, long requestFailures) {

	}

	/**
	 * One stream.
	 *
	 * @param name its name
	 * @param published what this process has published since its start, or nothing when
	 * it does not publish
	 * @param arrived what has been stored since the start of this process
	 * @param stored what has been stored in all
	 * @param second what the second group has stored in all, or nothing when there is
	 * none
	 */
	record StreamCount(String name, @Nullable Long published, long arrived, long stored, @Nullable Long second) {

	}

	record TopQuery(String terms, long count, int hits) {

	}

	record TopPage(String page, long voyeur, long trends) {

	}

	/**
	 * Where the mouse was, on a grid.
	 *
	 * @param columns the number of columns
	 * @param rows the number of rows
	 * @param cells how often it was in each cell, row by row
	 */
	record Heat(int columns, int rows, List<Long> cells) {

	}

	record Failure(Instant at, String source, String what, @Nullable String message) {

	}

}
