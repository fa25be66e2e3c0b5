package dev.authstarter.test.attack.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a request that belong to another organization than the rest of it.
 *
 * @param foreign the other organization's values for slots of the request
 * @param extras the other organization's values that are added to the request
 */
public record Variant(Map<Slot, Pick> foreign, List<Extra> extras) {

	/** A request of one organization alone. */
	public static final Variant OWN = new Variant(Map.of(), List.of());

	private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,5}");

	/** Whether anything belongs to another organization. */
	public boolean isForeign() {
		return !this.foreign.isEmpty() || !this.extras.isEmpty();
	}

	/**
	 * Whether the answer says nothing of identifiers: a small number that is added under
	 * another name can be the size of a page.
	 * @param party the other organization
	 */
	public boolean isAmbiguous(Party party) {
		return isForeign() && this.foreign.isEmpty()
				&& this.extras.stream().allMatch((extra) -> isAmbiguous(extra, party.value(extra.pick())));
	}

	private static boolean isAmbiguous(Extra extra, String value) {
		String name = extra.pick().name();
		return name != null && !Slot.sameName(name, extra.slot().name()) && SMALL_NUMBER.matcher(value).matches();
	}

	/** Return an organization's values in such a request. */
	public List<String> values(Party party) {
		return picks().map(party::value).distinct().toList();
	}

	/**
	 * Return two variants with half of the added values each; none if there is only one.
	 */
	public List<Variant> halves() {
		int middle = this.extras.size() / 2;
		return (middle == 0) ? List.of() : List.of(new Variant(this.foreign, this.extras.subList(0, middle)),
				new Variant(this.foreign, this.extras.subList(middle, this.extras.size())));
	}

	private Stream<Pick> picks() {
		return Stream.concat(this.foreign.values().stream(), this.extras.stream().map(Extra::pick));
	}

	/** Describe an organization's values in such a request, for messages. */
	public String describe(Party party) {
		List<String> parts = new ArrayList<>();
		this.foreign.forEach((slot, pick) -> parts.add("%s = %s".formatted(slot, party.value(pick))));
		this.extras.stream()
			.collect(Collectors.groupingBy(Extra::pick, LinkedHashMap::new,
					Collectors.mapping((extra) -> extra.slot().toString(), Collectors.joining(", "))))
			.forEach((pick, slots) -> parts.add("added %s = %s".formatted(slots, party.value(pick))));
		return parts.isEmpty() ? "nothing of it" : String.join("; ", parts);
	}

}
