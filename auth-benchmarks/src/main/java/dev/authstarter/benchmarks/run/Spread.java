package dev.authstarter.benchmarks.run;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The distribution of repeated measurements.
 *
 * @param median the median
 * @param least the minimum
 * @param most the maximum
 */
record Spread(double median, double least, double most) {

	static Spread of(Collection<Double> measured) {
		List<Double> sorted = measured.stream().sorted().toList();
		if (sorted.isEmpty()) {
			throw new IllegalArgumentException("measured cannot be empty");
		}
		int middle = sorted.size() / 2;
		double median = (sorted.size() % 2 != 0) ? sorted.get(middle)
				: (sorted.get(middle - 1) + sorted.get(middle)) / 2;
		return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
	}

	/**
	 * Format the median and the range.
	 * @param decimals the number of decimals
	 */
	String text(int decimals) {
		String number = "%." + decimals + "f";
		return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", this.median, this.least,
				this.most);
	}

	@Override
	public String toString() {
		return text(2);
	}

}
