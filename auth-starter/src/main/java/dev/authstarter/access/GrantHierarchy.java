package dev.authstarter.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Adds the grants that the application's {@link RoleHierarchy} implies, as names without
 * prefixes. A grant in an organization implies grants in that organization only.
 */
public final class GrantHierarchy {

	private final RoleHierarchy hierarchy;

	private final AuthorityPrefixes prefixes;

	public GrantHierarchy(RoleHierarchy hierarchy, AuthorityPrefixes prefixes) {
		this.hierarchy = hierarchy;
		this.prefixes = prefixes;
	}

	AccessToken of(AccessToken token) {
		Collection<? extends GrantedAuthority> reached = reach(token.scopes(), token.roles(), token.permissions());
		return new AccessToken(token.issuer(), token.subject(), token.clientId(), token.callerType(),
				names(this.prefixes.scope(), reached), names(this.prefixes.role(), reached),
				names(this.prefixes.permission(), reached), token.organizations(), token.actor(), token.expiresAt(),
				token.claims());
	}

	Organization of(Organization organization) {
		Collection<? extends GrantedAuthority> reached = reach(Set.of(), organization.roles(),
				organization.permissions());
		return new Organization(organization.id(), organization.name(), names(this.prefixes.role(), reached),
				names(this.prefixes.permission(), reached));
	}

	private Collection<? extends GrantedAuthority> reach(Set<String> scopes, Set<String> roles,
			Set<String> permissions) {
		List<GrantedAuthority> granted = new ArrayList<>();
		scopes.forEach((name) -> granted.add(new SimpleGrantedAuthority(this.prefixes.scope() + name)));
		roles.forEach((name) -> granted.add(new SimpleGrantedAuthority(this.prefixes.role() + name)));
		permissions.forEach((name) -> granted.add(new SimpleGrantedAuthority(this.prefixes.permission() + name)));
		return this.hierarchy.getReachableGrantedAuthorities(granted);
	}

	private static Set<String> names(String prefix, Collection<? extends GrantedAuthority> authorities) {
		Set<String> names = new HashSet<>();
		for (GrantedAuthority authority : authorities) {
			String spelled = authority.getAuthority();
			if (spelled != null && spelled.startsWith(prefix)) {
				names.add(spelled.substring(prefix.length()));
			}
		}
		return names;
	}

}
