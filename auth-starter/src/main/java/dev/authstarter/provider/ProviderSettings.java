package dev.authstarter.provider;

import java.util.List;
import java.util.Map;

/**
 * The effective configuration of a provider from preset and properties, as written. Used
 * to create tokens in tests, not to validate tokens.
 *
 * @param provider the name of the preset
 * @param lists the selectors, predicates and header types, by the suffix of their
 * property: {@code claims.roles}, {@code token.accept-if}
 * @param allowedOrganizations the only organizations that may call, or an empty list for
 * all
 */
public record ProviderSettings(String provider, Map<String, List<String>> lists, List<String> allowedOrganizations) {

	public ProviderSettings {
		lists = Map.copyOf(lists);
		allowedOrganizations = List.copyOf(allowedOrganizations);
	}

	/**
	 * Return a list.
	 * @param property the suffix of its property, for example {@code claims.roles}
	 * @return the list, empty if nothing is configured
	 */
	public List<String> list(String property) {
		return this.lists.getOrDefault(property, List.of());
	}

}
