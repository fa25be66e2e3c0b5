package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.AccessToken;

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

	List<GrantedAuthority> of(AccessToken token) {
		List<GrantedAuthority> authorities = new ArrayList<>(
				token.scopes().size() + token.roles().size() + token.permissions().size());
		add(authorities, this.scope, token.scopes());
		add(authorities, this.role, token.roles());
		add(authorities, this.permission, token.permissions());
		return Collections.unmodifiableList(authorities);
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
