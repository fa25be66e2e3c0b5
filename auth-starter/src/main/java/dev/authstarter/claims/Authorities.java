package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Spells what a token grants as Spring Security's authorities, and reads it back. Roles
 * of an organization are not among them: an authority cannot say where it counts.
 */
final class Authorities {

	private static final String SCOPE = "SCOPE_";

	private static final String ROLE = "ROLE_";

	private static final String PERMISSION = "PERMISSION_";

	private Authorities() {
	}

	static List<GrantedAuthority> of(AccessToken token) {
		List<GrantedAuthority> authorities = new ArrayList<>();
		add(authorities, SCOPE, token.scopes());
		add(authorities, ROLE, token.roles());
		add(authorities, PERMISSION, token.permissions());
		return authorities;
	}

	private static void add(List<GrantedAuthority> authorities, String prefix, Set<String> names) {
		for (String name : names) {
			authorities.add(new SimpleGrantedAuthority(prefix + name));
		}
	}

	static Set<String> scopes(Collection<GrantedAuthority> authorities) {
		return names(authorities, SCOPE);
	}

	static Set<String> roles(Collection<GrantedAuthority> authorities) {
		return names(authorities, ROLE);
	}

	static Set<String> permissions(Collection<GrantedAuthority> authorities) {
		return names(authorities, PERMISSION);
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
