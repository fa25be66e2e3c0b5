package dev.authstarter.test.attack.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An organization and the data that was seeded for it.
 *
 * @param organization its identifier
 * @param identifiers identifiers of its data, by name
 * @param markers texts that occur only in its data
 */
public record Party(String organization, Map<String, List<String>> identifiers, List<String> markers) {

	public static Party of(String organization, OrganizationData data) {
		return new Party(organization, data.identifiers(), data.markers());
	}

	/**
	 * Require that every text of one organization differs from those of the other.
	 * @throws IllegalStateException if one does not, or if the two have different kinds
	 * of data
	 */
	public static void requireDistinct(Party first, Party second) {
		if (!first.shape().equals(second.shape())) {
			throw new IllegalStateException(
					"%s and %s need the same names of identifiers, and the same number of each: %s, but %s"
						.formatted(first.organization, second.organization, first.shape(), second.shape()));
		}
		first.requireDistinctFrom(second);
		second.requireDistinctFrom(first);
	}

	private void requireDistinctFrom(Party other) {
		for (String identifier : values()) {
			if (other.values().stream().anyMatch(identifier::equalsIgnoreCase)) {
				throw new IllegalStateException(("The identifier '%s' belongs to %s and to %s. Seed different ones, so "
						+ "that an answer shows whose data it is.")
					.formatted(identifier, this.organization, other.organization));
			}
		}
		for (String marker : this.markers) {
			Stream.concat(other.markers.stream(), other.values().stream())
				.filter((text) -> lower(text).contains(lower(marker)))
				.findFirst()
				.ifPresent((text) -> {
					throw new IllegalStateException("The marker '%s' of %s occurs in '%s' of %s: choose another marker."
						.formatted(marker, this.organization, text, other.organization));
				});
		}
	}

	private static String lower(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

	private Map<String, Integer> shape() {
		Map<String, Integer> shape = new LinkedHashMap<>();
		this.identifiers.keySet().stream().sorted().forEach((name) -> shape.put(name, identifiersOf(name).size()));
		return shape;
	}

	/** All identifiers, the organization's own first. */
	List<String> values() {
		return Stream.concat(Stream.of(this.organization), this.identifiers.values().stream().flatMap(List::stream))
			.toList();
	}

	/**
	 * The values for a slot of any name, the organization's own identifier last.
	 */
	List<Pick> picks() {
		List<Pick> picks = new ArrayList<>();
		this.identifiers.keySet().forEach((name) -> picks.addAll(picksOf(name)));
		picks.add(Pick.ORGANIZATION);
		return picks;
	}

	/** The values for a slot of this name in any spelling; empty if there are none. */
	List<Pick> picksOf(String name) {
		return this.identifiers.keySet()
			.stream()
			.filter((known) -> Slot.sameName(known, name))
			.flatMap((known) -> IntStream.range(0, identifiersOf(known).size())
				.mapToObj((index) -> new Pick(known, index, null)))
			.toList();
	}

	String value(Pick pick) {
		if (pick.constant() != null) {
			return pick.constant();
		}
		return (pick.name() != null) ? identifiersOf(pick.name()).get(pick.index()) : this.organization;
	}

	private List<String> identifiersOf(String name) {
		return this.identifiers.getOrDefault(name, List.of());
	}

	/**
	 * An organization that does not exist, whose identifiers look like those of this one.
	 */
	public Party invented() {
		Map<String, List<String>> invented = new LinkedHashMap<>();
		this.identifiers
			.forEach((name, values) -> invented.put(name, values.stream().map(InventedText::like).toList()));
		return new Party(InventedText.like(this.organization), invented, List.of());
	}

}
