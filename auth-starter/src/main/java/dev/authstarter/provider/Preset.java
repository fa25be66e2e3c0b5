package dev.authstarter.provider;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one provider spells its tokens, as data.
 *
 * @param name what {@code auth-starter.provider} says
 * @param issuer how the provider's issuer looks, for people
 * @param keys where the provider publishes its keys, for people
 * @param settings a list for every setting
 * @param requiredClaims claims that every token of the provider has
 * @param foreignAudiences what the provider writes into tokens that are not for this API;
 * {@code {issuer}} stands for the issuer
 * @param universalRoles roles that every user of the provider has, which grant nothing;
 * {@code *} stands for any characters
 * @param switches what else is special
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
	 * Return what an issuer of the provider writes into tokens that are not for this API.
	 * @param issuer the issuer
	 * @return the audiences
	 */
	public Set<String> foreignAudiencesOf(String issuer) {
		return this.foreignAudiences.stream()
			.map((audience) -> audience.replace("{issuer}", issuer))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * What a list cannot say about a provider.
	 */
	public enum Switch {

		/**
		 * Strangers get tokens of the same issuer: the organizations must be listed.
		 */
		SHARED_ISSUER,

		/**
		 * Tokens never name a scope, role or permission: the list of organizations is
		 * what grants.
		 */
		NO_GRANTS,

		/**
		 * Tokens of machines have no subject; those of persons always have one, and signs
		 * of a person beside it.
		 */
		NAMELESS_MACHINES,

		/** Clerk's permissions are a bit mask. */
		CLERK_PERMISSIONS,

		/** The audience of an organization's token is the organization (Logto). */
		ORGANIZATION_AUDIENCE

	}

}
