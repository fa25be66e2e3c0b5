package dev.authstarter.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Converts requirements: a rule lists choices, of each of which one name is required,
 * while OpenAPI lists alternatives, of which each one is sufficient.
 */
final class Alternatives {

	/**
	 * The number of alternatives is the product of the sizes of all choices, so it is
	 * limited.
	 */
	private static final int MAXIMUM = 32;

	private Alternatives() {
	}

	/**
	 * List the sets of names of which each one is sufficient.
	 * @param choices the choices, of each of which one name is required
	 * @return the smallest sets, at least one. If there are too many, a single set with
	 * the names that every caller needs.
	 */
	static List<List<String>> of(List<List<String>> choices) {
		Set<Set<String>> needed = smallest(choices.stream().map(LinkedHashSet::new).toList());
		long count = 1;
		for (Set<String> choice : needed) {
			count = Math.min(count * choice.size(), MAXIMUM + 1L);
		}
		if (count > MAXIMUM) {
			return List.of(needed.stream().filter((choice) -> choice.size() == 1).flatMap(Set::stream).toList());
		}
		List<Set<String>> alternatives = List.of(Set.of());
		for (Set<String> choice : needed) {
			alternatives = extend(alternatives, choice);
		}
		return smallest(alternatives).stream().map(List::copyOf).toList();
	}

	private static List<Set<String>> extend(List<Set<String>> alternatives, Set<String> choice) {
		List<Set<String>> longer = new ArrayList<>();
		for (Set<String> begun : alternatives) {
			for (String name : choice) {
				Set<String> names = new LinkedHashSet<>(begun);
				names.add(name);
				longer.add(names);
			}
		}
		return longer;
	}

	/** Remove each set that contains another one. */
	private static Set<Set<String>> smallest(Collection<? extends Set<String>> sets) {
		Set<Set<String>> smallest = new LinkedHashSet<>();
		for (Set<String> set : sets) {
			if (sets.stream().noneMatch((other) -> !other.equals(set) && set.containsAll(other))) {
				smallest.add(set);
			}
		}
		return smallest;
	}

}
