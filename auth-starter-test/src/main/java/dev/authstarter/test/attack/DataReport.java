package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results of the attacks on data, one line for each endpoint and organization.
 */
final class DataReport {

	private final List<String> lines = new ArrayList<>();

	private final Map<Outcome, Integer> counts = new TreeMap<>();

	synchronized void add(Outcome outcome, String endpoint, Collection<String> reasons) {
		this.counts.merge(outcome, 1, Integer::sum);
		this.lines.add("  %-13s  %s".formatted(outcome, endpoint));
		reasons.forEach((reason) -> this.lines.add("                 " + reason.lines().findFirst().orElse("")));
	}

	synchronized int count(Outcome outcome) {
		return this.counts.getOrDefault(outcome, 0);
	}

	/** The lines. */
	@Override
	public synchronized String toString() {
		return String.join("\n", this.lines);
	}

	/**
	 * The result of an attack.
	 */
	enum Outcome {

		/** Nothing was found, and the owner's own requests reach the owner's data. */
		KEPT_APART("kept apart"),

		/** Data of the other organization was read or changed. */
		HOLE("HOLE"),

		/**
		 * Nothing was found, but the owner's own requests do not prove that it would be.
		 */
		NOT_EXERCISED("not exercised"),

		/** Nothing was sent. */
		LEFT_OUT("left out");

		private final String text;

		Outcome(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
