package org.activemessaging.samples.benchmark.report;

import java.util.Locale;

/**
 * Numbers as people read them.
 */
final class Numbers {

	private static final double FEW = 100;

	private static final double VERY_FEW = 10;

	private Numbers() {
	}

	static String format(double value) {
		if (Double.isNaN(value)) {
			return "–";
		}
		double size = Math.abs(value);
		String pattern = (size >= FEW) ? "%,.0f" : (size >= VERY_FEW) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, pattern, value);
	}

	/**
	 * Writes the median, and in brackets the smallest and the largest value.
	 */
	static String range(Series series) {
		return format(series.median()) + " (" + format(series.min()) + " to " + format(series.max()) + ")";
	}

}
