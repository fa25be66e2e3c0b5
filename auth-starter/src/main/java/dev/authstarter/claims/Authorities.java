package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.AuthStarterProperties;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Spells what a token grants as Spring Security's authorities, and reads it back. Roles
 * of an organization are not among them: an authority cannot say where it counts.
 *
 * @param scope the prefix of scopes
 * @param role the prefix of roles
 * @param permission the prefix of permissions
 */
record Authorities(String scope, String role, String permission) {

	/** Spring Security's own, which say how the caller authenticated. */
	private static final String FACTOR = "FACTOR_";

	static Authorities of(AuthStarterProperties.Authorities properties) {
		Map<String, String> prefixes = new LinkedHashMap<>();
		judge(prefixes, "auth-starter.authorities.scope-prefix", properties.scopePrefix());
		judge(prefixes, "auth-starter.authorities.role-prefix", properties.rolePrefix());
		judge(prefixes, "auth-starter.authorities.permission-prefix", properties.permissionPrefix());
		return new Authorities(properties.scopePrefix(), properties.rolePrefix(), properties.permissionPrefix());
	}

	private static void judge(Map<String, String> prefixes, String property, String prefix) {
		if (prefix.isBlank()) {
			throw new InvalidConfigurationPropertyValueException(property, prefix,
					"A prefix must not be empty: whoever may name a role could name any authority.");
		}
		if (collide(prefix, FACTOR)) {
			throw new InvalidConfigurationPropertyValueException(property, prefix,
					"It collides with '%s', which is for how a caller authenticated.".formatted(FACTOR));
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

	private static boolean collide(String left, String right) {
		return left.startsWith(right) || right.startsWith(left);
	}

	List<GrantedAuthority> of(AccessToken token) {
		List<GrantedAuthority> authorities = new ArrayList<>(
				token.scopes().size() + token.roles().size() + token.permissions().size());
		add(authorities, this.scope, token.scopes());
		add(authorities, this.role, token.roles());
		add(authorities, this.permission, token.permissions());
		return authorities;
	}

	private static void add(List<GrantedAuthority> authorities, String prefix, Set<String> names) {
		for (String name : names) {
			authorities.add(new SimpleGrantedAuthority(prefix + name));
		}
	}

	Set<String> scopes(Collection<GrantedAuthority> authorities) {
		return names(authorities, this.scope);
	}

	Set<String> roles(Collection<GrantedAuthority> authorities) {
		return names(authorities, this.role);
	}

	Set<String> permissions(Collection<GrantedAuthority> authorities) {
		return names(authorities, this.permission);
	}

	private static Set<String> names(Collection<GrantedAuthority> authorities, String prefix) {
		Set<String> names = new HashSet<>();
		for (GrantedAuthority authority : authorities) {
			String text = authority.getAuthority();
			if (text != null && text.startsWith(prefix)) {
				names.add(text.substring(prefix.length()));
			}
		}
		return names;
	}

}
