package dev.authstarter.authentication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Converts the grants of a token to Spring Security's authorities, and back. Roles of an
 * organization are not converted, because an authority cannot name its organization.
 */
public final class Authorities {

	private final Prefix scope;

	private final Prefix role;

	private final Prefix permission;

	/**
	 * Create a conversion with prefixes.
	 * @param scope the prefix of scopes
	 * @param role the prefix of roles
	 * @param permission the prefix of permissions
	 */
	public Authorities(String scope, String role, String permission) {
		this.scope = new Prefix(scope);
		this.role = new Prefix(role);
		this.permission = new Prefix(permission);
	}

	public List<GrantedAuthority> of(AccessToken token) {
		List<GrantedAuthority> authorities = new ArrayList<>(
				token.scopes().size() + token.roles().size() + token.permissions().size());
		this.scope.add(token.scopes(), authorities);
		this.role.add(token.roles(), authorities);
		this.permission.add(token.permissions(), authorities);
		return Collections.unmodifiableList(authorities);
	}

	/** Return how many authorities of a token are not shared with other tokens. */
	int unshared(AccessToken token) {
		return this.scope.unshared(token.scopes()) + this.role.unshared(token.roles())
				+ this.permission.unshared(token.permissions());
	}

	Set<String> scopes(Collection<GrantedAuthority> authorities) {
		return this.scope.strip(authorities);
	}

	Set<String> roles(Collection<GrantedAuthority> authorities) {
		return this.role.strip(authorities);
	}

	Set<String> permissions(Collection<GrantedAuthority> authorities) {
		return this.permission.strip(authorities);
	}

	/**
	 * One prefix. All tokens share its authorities, because an issuer grants the same few
	 * names repeatedly.
	 */
	private static final class Prefix {

		/** Authorities of further names are not cached. */
		private static final int MAXIMUM_NAMES = 10_000;

		private static final int MAXIMUM_LENGTH = 200;

		private final String text;

		private final Map<String, GrantedAuthority> known = new ConcurrentHashMap<>();

		Prefix(String text) {
			this.text = text;
		}

		void add(Set<String> names, List<GrantedAuthority> authorities) {
			for (String name : names) {
				GrantedAuthority authority = this.known.get(name);
				authorities.add((authority != null) ? authority : spell(name));
			}
		}

		int unshared(Set<String> names) {
			boolean full = this.known.size() >= MAXIMUM_NAMES;
			int unshared = 0;
			for (String name : names) {
				if (name.length() > MAXIMUM_LENGTH || (full && !this.known.containsKey(name))) {
					unshared++;
				}
			}
			return unshared;
		}

		private GrantedAuthority spell(String name) {
			GrantedAuthority authority = new SimpleGrantedAuthority(this.text + name);
			if (name.length() <= MAXIMUM_LENGTH && this.known.size() < MAXIMUM_NAMES) {
				this.known.put(name, authority);
			}
			return authority;
		}

		Set<String> strip(Collection<GrantedAuthority> authorities) {
			Set<String> names = new HashSet<>();
			for (GrantedAuthority authority : authorities) {
				String spelled = authority.getAuthority();
				if (spelled != null && spelled.startsWith(this.text)) {
					names.add(spelled.substring(this.text.length()));
				}
			}
			return names;
		}

	}

}
