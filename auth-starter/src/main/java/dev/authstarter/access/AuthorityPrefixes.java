package dev.authstarter.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.core.env.Environment;

/**
 * The prefixes that authorities of Spring Security have and names in rules have not. A
 * rule with one in front of a name is met by no token that has the name.
 *
 * @param scope the prefix of scopes
 * @param role the prefix of roles
 * @param permission the prefix of permissions
 */
public record AuthorityPrefixes(String scope, String role, String permission) {

	public static final AuthorityPrefixes DEFAULT = new AuthorityPrefixes("SCOPE_", "ROLE_", "PERMISSION_");

	private static final String PROPERTY = "auth-starter.authorities.";

	/** Rules are read before properties are bound to beans. */
	public static AuthorityPrefixes of(Environment environment) {
		return new AuthorityPrefixes(environment.getProperty(PROPERTY + "scope-prefix", DEFAULT.scope),
				environment.getProperty(PROPERTY + "role-prefix", DEFAULT.role),
				environment.getProperty(PROPERTY + "permission-prefix", DEFAULT.permission));
	}

	/**
	 * Refuse a rule that names authorities.
	 * @param where whose rule it is, for people
	 * @param demands what it demands
	 * @throws AccessRuleException if a name begins with the configured prefix of its kind
	 * or with a default prefix
	 */
	public void refuse(String where, HandlerDescription.Demands demands) {
		refuse(where, "scope", this.scope, demands.scopes());
		refuse(where, "role", this.role, demands.roles());
		refuse(where, "permission", this.permission, demands.permissions());
	}

	private static void refuse(String where, String kind, String own, List<List<String>> choices) {
		Set<String> prefixes = new LinkedHashSet<>(List.of(own, DEFAULT.scope, DEFAULT.role, DEFAULT.permission));
		for (List<String> choice : choices) {
			for (String name : choice) {
				for (String prefix : prefixes) {
					if (!prefix.isEmpty() && name.startsWith(prefix)) {
						throw new AccessRuleException(
								"%s demands the %s '%s', which begins with '%s', a prefix of authorities and not of names."
									.formatted(where, kind, name, prefix),
								("Name the %s as tokens do, without the prefix: '%s'. Where its name in tokens does begin "
										+ "with it, demand @PreAuthorize(\"hasAuthority('%s%s')\") instead.")
									.formatted(kind, name.substring(prefix.length()), own, name));
					}
				}
			}
		}
	}

}
