package dev.authstarter.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.core.env.Environment;

/**
 * The prefixes of Spring Security authorities, which names in rules do not have. A rule
 * with a prefixed name would never be satisfied.
 *
 * @param scope the prefix of scopes
 * @param role the prefix of roles
 * @param permission the prefix of permissions
 */
public record AuthorityPrefixes(String scope, String role, String permission) {

	public static final AuthorityPrefixes DEFAULT = new AuthorityPrefixes("SCOPE_", "ROLE_", "PERMISSION_");

	private static final String PROPERTY = "auth-starter.authorities.";

	/** Read from the environment, since rules are read before properties are bound. */
	public static AuthorityPrefixes of(Environment environment) {
		return new AuthorityPrefixes(environment.getProperty(PROPERTY + "scope-prefix", DEFAULT.scope),
				environment.getProperty(PROPERTY + "role-prefix", DEFAULT.role),
				environment.getProperty(PROPERTY + "permission-prefix", DEFAULT.permission));
	}

	/**
	 * Reject a rule that names authorities.
	 * @param where the element with the rule, for the message
	 * @param demands the requirements of the rule
	 * @throws AccessRuleException if a name starts with the configured prefix of its kind
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
								("%s requires the %s '%s', which starts with '%s'. That is a prefix of authorities, "
										+ "not of names.")
									.formatted(where, kind, name, prefix),
								("Write the %s as it is in tokens, without the prefix: '%s'. If its name in tokens "
										+ "starts with the prefix, use @PreAuthorize(\"hasAuthority('%s%s')\") "
										+ "instead.")
									.formatted(kind, name.substring(prefix.length()), own, name));
					}
				}
			}
		}
	}

}
