package dev.authstarter.claims;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one provider spells its tokens, as data.
 *
 * @param name what {@code auth-starter.provider} says
 * @param issuer how the provider's issuer looks, for people
 * @param keys where the provider publishes its keys, for people
 * @param settings a list for every setting
 * @param foreignAudiences what the provider writes into tokens that are not for this API
 * @param switches what else is special
 */
record Preset(String name, String issuer, String keys, Map<Setting, List<String>> settings,
		Set<String> foreignAudiences, Set<Switch> switches) {

	Preset {
		settings = Map.copyOf(settings);
		foreignAudiences = Set.copyOf(foreignAudiences);
		switches = Set.copyOf(switches);
	}

	/**
	 * What a list cannot say about a provider.
	 */
	enum Switch {

		/**
		 * Strangers get tokens of the same issuer: the organizations must be listed.
		 */
		SHARED_ISSUER,

		/**
		 * Tokens never name a scope, role or permission: the list of organizations is
		 * what grants.
		 */
		NO_GRANTS,

		/** Clerk's permissions are a bit mask. */
		CLERK_PERMISSIONS,

		/** The audience of an organization's token is the organization (Logto). */
		ORGANIZATION_AUDIENCE

	}

}
