package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The organizations that an issuer's tokens may name: identifiers, prefixes of
 * identifiers that end with {@code *}, or a single {@code *} for all. Immutable.
 */
final class AllowedOrganizations {

	private static final String ALL = "*";

	private static final AllowedOrganizations ANY = new AllowedOrganizations(Set.of(), List.of(), true);

	private final Set<String> ids;

	private final List<String> prefixes;

	private final boolean all;

	private AllowedOrganizations(Set<String> ids, List<String> prefixes, boolean all) {
		this.ids = Set.copyOf(ids);
		this.prefixes = List.copyOf(prefixes);
		this.all = all;
	}

	/**
	 * Parse the configured list.
	 * @param texts the list; an empty one allows all
	 * @return the organizations
	 * @throws IllegalArgumentException if the list is invalid; the message names the
	 * problem
	 */
	static AllowedOrganizations parse(List<String> texts) {
		if (texts.isEmpty() || texts.equals(List.of(ALL))) {
			return ANY;
		}
		Set<String> ids = new HashSet<>();
		List<String> prefixes = new ArrayList<>();
		for (String text : texts) {
			int star = text.indexOf('*');
			if (text.isBlank()) {
				throw new IllegalArgumentException("An organization must not be blank.");
			}
			if (text.equals(ALL)) {
				throw new IllegalArgumentException("'*' stands for all organizations and must be the only entry.");
			}
			if (star >= 0 && star < text.length() - 1) {
				throw new IllegalArgumentException("'*' must be at the end of a prefix, not inside of '" + text + "'.");
			}
			if (star < 0) {
				ids.add(text);
			}
			else {
				prefixes.add(text.substring(0, star));
			}
		}
		return new AllowedOrganizations(ids, prefixes, false);
	}

	/** Return whether every organization is allowed. */
	boolean isAll() {
		return this.all;
	}

	boolean allows(String id) {
		if (this.all || this.ids.contains(id)) {
			return true;
		}
		for (String prefix : this.prefixes) {
			if (id.length() > prefix.length() && id.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
