package dev.authstarter.provider;

import java.util.List;
import java.util.Map;

/**
 * What a provider is configured with, preset and properties taken together, as it was
 * written. For whoever writes tokens that the provider reads, as tests do; nothing here
 * decides about a token.
 *
 * @param provider the name of the preset
 * @param lists the selectors, predicates and header types, by the end of their property:
 * {@code claims.roles}, {@code token.accept-if}
 * @param allowedOrganizations the only organizations that may call, or an empty list for
 * all
 */
public record ProviderSettings(String provider, Map<String, List<String>> lists, List<String> allowedOrganizations) {

	/**
	 * Copy the collections.
	 */
	public ProviderSettings {
		lists = Map.copyOf(lists);
		allowedOrganizations = List.copyOf(allowedOrganizations);
	}

	/**
	 * Return a list.
	 * @param property the end of its property, for example {@code claims.roles}
	 * @return the list, empty if nothing is configured
	 */
	public List<String> list(String property) {
		return this.lists.getOrDefault(property, List.of());
	}

}
