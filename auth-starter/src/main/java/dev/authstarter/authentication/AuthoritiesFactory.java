package dev.authstarter.authentication;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.configuration.AuthStarterProperties;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Validates the prefixes of authorities. They keep a role from counting as a scope, or a
 * group called {@code FACTOR_PASSWORD} from counting as a password factor.
 */
final class AuthoritiesFactory {

	/** Spring Security's own authorities, which state how the caller authenticated. */
	private static final String FACTOR = "FACTOR_";

	private AuthoritiesFactory() {
	}

	/**
	 * Validate the prefixes.
	 * @param properties all prefixes
	 * @param scopePrefix the effective prefix of scopes: this library's, or Spring Boot's
	 */
	static Authorities create(AuthStarterProperties.Authorities properties, String scopePrefix) {
		Map<String, String> prefixes = new LinkedHashMap<>();
		create(prefixes, "auth-starter.authorities.scope-prefix", scopePrefix);
		create(prefixes, "auth-starter.authorities.role-prefix", properties.rolePrefix());
		create(prefixes, "auth-starter.authorities.permission-prefix", properties.permissionPrefix());
		return new Authorities(scopePrefix, properties.rolePrefix(), properties.permissionPrefix());
	}

	private static void create(Map<String, String> prefixes, String property, String prefix) {
		if (prefix.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(property, prefix,
					"A prefix must not be empty: without one, the name of a role could be that of any authority.");
		}
		if (collide(prefix, FACTOR)) {
			throw new InvalidConfigurationPropertyValueException(property, prefix,
					"It collides with '%s', the prefix of Spring Security's authentication factors.".formatted(FACTOR));
		}
		prefixes.forEach((other, otherPrefix) -> {
			if (collide(prefix, otherPrefix)) {
				throw new InvalidConfigurationPropertyValueException(property, prefix,
						"It collides with '%s', which is '%s': neither may start with the other.".formatted(other,
								otherPrefix));
			}
		});
		prefixes.put(property, prefix);
	}

	/** Return whether a prefix is distinct from two others. */
	static boolean isApart(String prefix, String one, String other) {
		return !prefix.isBlank() && !collide(prefix, FACTOR) && !collide(prefix, one) && !collide(prefix, other);
	}

	private static boolean collide(String left, String right) {
		return left.startsWith(right) || right.startsWith(left);
	}

}
