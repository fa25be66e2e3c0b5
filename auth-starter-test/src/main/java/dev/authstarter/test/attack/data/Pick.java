package dev.authstarter.test.attack.data;

import org.jspecify.annotations.Nullable;

/**
 * Selects the value of an organization for a slot of a request. The values themselves
 * change when data is seeded again.
 *
 * @param name the name of the identifiers, or {@code null} for the organization's own
 * @param index the index among the identifiers of this name
 * @param constant a value that belongs to no organization, or {@code null}
 */
public record Pick(@Nullable String name, int index, @Nullable String constant) {

	static final Pick ORGANIZATION = new Pick(null, 0, null);

	static Pick constant(String value) {
		return new Pick(null, 0, value);
	}

	boolean isOrganization() {
		return equals(ORGANIZATION);
	}

}
