package org.activemessaging.samples.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The values of one candidate, one for each round.
 */
public final class Series {

	private final List<Double> values = new ArrayList<>();

	private final String label;

	/**
	 * Creates a series without values.
	 * @param label what people call the candidate
	 */
	public Series(String label) {
		this.label = label;
	}

	/**
	 * Returns the label.
	 * @return what people call the candidate
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Adds the value of the next round.
	 * @param value the value, NaN if there is none
	 */
	public void add(double value) {
		this.values.add(value);
	}

	/**
	 * Returns all values.
	 * @return the values, in the order of the rounds
	 */
	public List<Double> values() {
		return Collections.unmodifiableList(this.values);
	}

	/**
	 * Returns the value in the middle.
	 * @return the median of the values, NaN if there are none
	 */
	public double median() {
		List<Double> sorted = sorted();
		int size = sorted.size();
		if (size == 0) {
			return Double.NaN;
		}
		return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
	}

	/**
	 * Returns the smallest value.
	 * @return the smallest value, NaN if there are none
	 */
	public double min() {
		List<Double> sorted = sorted();
		return sorted.isEmpty() ? Double.NaN : sorted.get(0);
	}

	/**
	 * Returns the largest value.
	 * @return the largest value, NaN if there are none
	 */
	public double max() {
		List<Double> sorted = sorted();
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() - 1);
	}

	private List<Double> sorted() {
		return this.values.stream().filter((value) -> !value.isNaN()).sorted().toList();
	}

	/**
	 * Divides the value of each round by that of another candidate in the same round.
	 * @param other the other candidate
	 * @return the ratios
	 */
	public Series ratioTo(Series other) {
		Series ratios = new Series(this.label + " / " + other.label);
		for (int i = 0; i < Math.min(this.values.size(), other.values.size()); i++) {
			ratios.add(this.values.get(i) / other.values.get(i));
		}
		return ratios;
	}

	/**
	 * Subtracts from the value of each round that of another candidate in the same round.
	 * @param other the other candidate
	 * @return the differences
	 */
	public Series minus(Series other) {
		Series differences = new Series(this.label + " - " + other.label);
		for (int i = 0; i < Math.min(this.values.size(), other.values.size()); i++) {
			differences.add(this.values.get(i) - other.values.get(i));
		}
		return differences;
	}

}
