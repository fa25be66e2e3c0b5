package dev.authstarter.provider;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The token format of one provider, as data.
 *
 * @param name the value of {@code auth-starter.provider}
 * @param issuer the form of the provider's issuer, for documentation
 * @param keys the location of the provider's keys, for documentation
 * @param settings a list for every setting
 * @param requiredClaims claims that every token of the provider has
 * @param foreignAudiences audiences of tokens of the provider that are not for this API;
 * {@code {issuer}} stands for the issuer
 * @param universalRoles roles that every user of the provider has, which grant nothing;
 * {@code *} stands for any characters
 * @param switches other characteristics of the provider
 */
public record Preset(String name, String issuer, String keys, Map<ProviderSetting, List<String>> settings,
		List<String> requiredClaims, Set<String> foreignAudiences, List<String> universalRoles, Set<Switch> switches) {

	public Preset {
		settings = Map.copyOf(settings);
		requiredClaims = List.copyOf(requiredClaims);
		foreignAudiences = Set.copyOf(foreignAudiences);
		universalRoles = List.copyOf(universalRoles);
		switches = Set.copyOf(switches);
	}

	/**
	 * Return the audiences of an issuer's tokens that are not for this API.
	 * @param issuer the issuer
	 * @return the audiences
	 */
	public Set<String> foreignAudiencesOf(String issuer) {
		return this.foreignAudiences.stream()
			.map((audience) -> audience.replace("{issuer}", issuer))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Characteristics of a provider that are not lists.
	 */
	public enum Switch {

		/**
		 * Other customers of the provider get tokens of the same issuer: the allowed
		 * organizations must be listed.
		 */
		SHARED_ISSUER,

		/**
		 * Tokens never contain a scope, role or permission: access is granted by the list
		 * of allowed organizations.
		 */
		NO_GRANTS,

		/**
		 * Tokens of machines have no subject; those of users always have one, and further
		 * claims about a person.
		 */
		NAMELESS_MACHINES,

		/** Clerk's permissions are a bit mask. */
		CLERK_PERMISSIONS,

		/** The audience of an organization's token is the organization (Logto). */
		ORGANIZATION_AUDIENCE

	}

}
