package dev.authstarter.test.attack.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.authstarter.test.attack.endpoint.Place;

/**
 * All ways in which a request of one organization can refer to data of another.
 */
public final class Variants {

	/** Other common names of the organization in requests, in any spelling. */
	private static final List<String> ORGANIZATION = List.of("organization", "organizationId", "orgId", "org_id",
			"tenantId", "tenant");

	/** The same in bodies, as the member of an object. */
	private static final List<String> ORGANIZATION_OBJECTS = List.of("organization", "tenant");

	/** Java's HTTP client sets these itself. */
	private static final Set<String> OF_THE_CLIENT = Set.of("connection", "content-length", "expect", "host",
			"upgrade");

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]+");

	private Variants() {
	}

	/**
	 * Make the variants.
	 * @param template the requests
	 * @param picks the value in each slot of a request that succeeds
	 * @param foreign the other organization
	 * @return the variants; the first has no value of the other organization
	 */
	public static List<Variant> of(RequestTemplate template, Map<Slot, Pick> picks, Party foreign) {
		Set<Variant> variants = new LinkedHashSet<>();
		variants.addAll(inPlace(template, picks, foreign));
		for (Place place : List.of(Place.QUERY, Place.HEADER, Place.COOKIE, Place.BODY)) {
			if (place != Place.BODY || template.takesBody()) {
				variants.add(new Variant(Map.of(), organization(template, place, picks, foreign)));
				variants.add(new Variant(Map.of(), identifiers(place, picks, foreign)));
			}
		}
		if (template.takesBody()) {
			variants.add(new Variant(Map.of(), organizationObjects(picks, foreign)));
		}
		template.optional()
			.forEach((slot) -> choices(slot, foreign)
				.forEach((pick) -> variants.add(new Variant(Map.of(), sendable(slot, pick, foreign)))));
		variants.remove(Variant.OWN);
		List<Variant> all = new ArrayList<>(variants);
		all.add(0, Variant.OWN);
		return all;
	}

	/** All slots at once, all but the organization's, and each alone. */
	private static Set<Variant> inPlace(RequestTemplate template, Map<Slot, Pick> picks, Party foreign) {
		Map<Slot, Pick> identifiers = new LinkedHashMap<>(picks);
		identifiers.values().removeIf((pick) -> pick.constant() != null);
		Set<Variant> variants = new LinkedHashSet<>();
		variants.add(butOrganization(picks));
		variants.add(new Variant(identifiers, List.of()));
		identifiers.forEach((slot, pick) -> variants.add(new Variant(Map.of(slot, pick), List.of())));
		identifiers.keySet()
			.stream()
			.filter((slot) -> !template.isNamed(slot, foreign))
			.forEach((slot) -> foreign.picks()
				.forEach((pick) -> variants.add(new Variant(Map.of(slot, pick), List.of()))));
		return variants;
	}

	/** The organization of the request, with all identifiers of the other one. */
	public static Variant butOrganization(Map<Slot, Pick> picks) {
		Map<Slot, Pick> identifiers = new LinkedHashMap<>(picks);
		identifiers.values().removeIf((pick) -> pick.constant() != null || pick.isOrganization());
		return new Variant(identifiers, List.of());
	}

	private static List<Extra> organization(RequestTemplate template, Place place, Map<Slot, Pick> picks,
			Party foreign) {
		Set<String> names = new LinkedHashSet<>(ORGANIZATION);
		names.addAll(template.organizationNames());
		if (place == Place.HEADER) {
			names.add(template.organizationHeader());
		}
		return names.stream()
			.flatMap((name) -> spellings(place, name))
			.map((name) -> new Slot(place, name))
			.filter((slot) -> !isFilled(slot, picks))
			.flatMap((slot) -> sendable(slot, Pick.ORGANIZATION, foreign).stream())
			.toList();
	}

	private static List<Extra> organizationObjects(Map<Slot, Pick> picks, Party foreign) {
		return ORGANIZATION_OBJECTS.stream()
			.filter((name) -> !isFilled(new Slot(Place.BODY, name), picks))
			.flatMap((name) -> sendable(new Slot(Place.BODY, name + ".id"), Pick.ORGANIZATION, foreign).stream())
			.toList();
	}

	private static List<Extra> identifiers(Place place, Map<Slot, Pick> picks, Party foreign) {
		return foreign.identifiers()
			.keySet()
			.stream()
			.flatMap((name) -> spellings(place, name).map((spelling) -> new Slot(place, spelling))
				.filter((slot) -> !isFilled(slot, picks))
				.flatMap((slot) -> sendable(slot, foreign.picksOf(name).get(0), foreign).stream()))
			.toList();
	}

	/** A slot with a constant value counts as free for the other organization. */
	private static boolean isFilled(Slot slot, Map<Slot, Pick> picks) {
		Pick pick = picks.get(slot);
		return pick != null && pick.constant() == null;
	}

	private static Stream<String> spellings(Place place, String name) {
		if (place != Place.HEADER) {
			return Stream.of(name);
		}
		Stream<String> spellings = name.regionMatches(true, 0, "X-", 0, 2) ? Stream.of(name)
				: Stream.of(name, "X-" + name.replaceAll("(?<=[a-z])(?=[A-Z])|_", "-"));
		return spellings.filter(Variants::isHeader);
	}

	private static boolean isHeader(String name) {
		return OF_THE_CLIENT.stream().noneMatch(name::equalsIgnoreCase) && name.matches("[A-Za-z0-9_-]+");
	}

	private static List<Pick> choices(Slot slot, Party foreign) {
		List<Pick> named = foreign.picksOf(slot.name());
		return named.isEmpty() ? foreign.picks() : named;
	}

	/** Not every text is valid in a header. */
	private static List<Extra> sendable(Slot slot, Pick pick, Party foreign) {
		boolean possible = slot.place() != Place.HEADER || HEADER_VALUE.matcher(foreign.value(pick)).matches();
		return possible ? List.of(new Extra(slot, pick)) : List.of();
	}

}
