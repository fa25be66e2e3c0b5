package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Organization;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.selector.Binding;
import dev.authstarter.selector.JsonValues;
import dev.authstarter.selector.MatchConsumer;
import dev.authstarter.selector.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values that selectors find in one token. A grant that is found together
 * with an organization applies to that organization only.
 */
final class GrantCollector implements MatchConsumer {

	private final SharedNames shared;

	private ProviderSetting fact = ProviderSetting.SUBJECT;

	/** Whether the selector is a path to a whole claim. */
	private boolean claimByPath;

	private final Names scopes = new Names();

	private @Nullable Names roles;

	private @Nullable Names permissions;

	private @Nullable Map<String, Membership> memberships;

	/**
	 * The organization that is found without a capture.
	 */
	private @Nullable Membership only;

	private boolean several;

	private @Nullable String onlyName;

	private @Nullable String identifier;

	private int identifiers;

	GrantCollector(SharedNames shared) {
		this.shared = shared;
	}

	void read(ProviderSetting fact, Selector[] selectors, Map<String, Object> claims) {
		this.fact = fact;
		for (Selector selector : selectors) {
			this.claimByPath = selector.isPathToClaim();
			selector.find(claims, this);
		}
	}

	/**
	 * Read a single value from the first selector that finds one. A claim in an
	 * unreadable form ends the search, so that no other claim is used in its place.
	 * @return the value, or {@code null} if there is none or the claim contains several
	 */
	@Nullable String readOne(ProviderSetting fact, Selector[] selectors, Map<String, Object> claims) {
		this.fact = fact;
		for (Selector selector : selectors) {
			this.identifier = null;
			this.identifiers = 0;
			selector.find(claims, this);
			if (this.identifiers > 0) {
				return (this.identifiers == 1) ? this.identifier : null;
			}
			if (selector.literal() != null && claims.containsKey(selector.literal())) {
				return null;
			}
		}
		return null;
	}

	@Override
	public void found(Binding binding, @Nullable String member, @Nullable Object value) {
		switch (this.fact) {
			case SCOPES -> foundScopes(binding, member, value);
			case ROLES -> foundRole(binding, member, value);
			case PERMISSIONS -> foundPermission(binding, member, value);
			case ORGANIZATIONS -> foundOrganization(binding, value);
			case ORGANIZATION_NAMES -> foundName(binding, value);
			default -> foundIdentifier(value);
		}
	}

	/** A text contains several scopes. */
	private void foundScopes(Binding binding, @Nullable String member, @Nullable Object value) {
		if (binding.right() == null && value instanceof String text) {
			addWords(text);
		}
		else {
			addRights(this.scopes, binding, member, value);
		}
	}

	private void foundRole(Binding binding, @Nullable String member, @Nullable Object value) {
		if (binding.organization() != null) {
			Names held = held(binding, member, value);
			if (!held.isEmpty()) {
				membership(binding.organization()).roles.addAll(held);
			}
			return;
		}
		if (this.roles == null) {
			this.roles = new Names();
		}
		addRights(this.roles, binding, member, value);
	}

	private void foundPermission(Binding binding, @Nullable String member, @Nullable Object value) {
		if (binding.organization() != null) {
			Names held = held(binding, member, value);
			if (!held.isEmpty()) {
				membership(binding.organization()).permissions.addAll(held);
			}
			return;
		}
		if (this.permissions == null) {
			this.permissions = new Names();
		}
		addRights(this.permissions, binding, member, value);
	}

	private Names held(Binding binding, @Nullable String member, @Nullable Object value) {
		Names held = new Names();
		addRights(held, binding, member, value);
		return held;
	}

	/**
	 * A text is one grant, and so is each text of a list, except a scope with a space.
	 * With a path to a claim, the value {@code true} grants the claim's name. Other types
	 * grant nothing: the names of an object's members are read only by a path that
	 * selects them.
	 */
	private void addRights(Names into, Binding binding, @Nullable String member, @Nullable Object value) {
		if (binding.right() != null) {
			into.add(binding.right());
		}
		else if (value instanceof String text) {
			if (JsonValues.isUsable(text)) {
				into.add(text);
			}
		}
		else if (value instanceof Collection<?> list) {
			into.expect(list.size());
			for (Object element : list) {
				if (element instanceof String name && JsonValues.isUsable(name)
						&& !(this.fact == ProviderSetting.SCOPES && name.indexOf(' ') >= 0)) {
					into.add(name);
				}
			}
		}
		else if (this.claimByPath && Boolean.TRUE.equals(value) && member != null) {
			into.add(member);
		}
	}

	/** Scopes are separated by spaces (RFC 6749 section 3.3). */
	private void addWords(String text) {
		int start = 0;
		while (start < text.length()) {
			int space = text.indexOf(' ', start);
			int end = (space >= 0) ? space : text.length();
			if (start < end) {
				String word = text.substring(start, end);
				if (JsonValues.isUsable(word)) {
					this.scopes.add(this.shared.share(word));
				}
			}
			start = end + 1;
		}
	}

	private void foundOrganization(Binding binding, @Nullable Object value) {
		if (binding.organization() != null) {
			membership(binding.organization());
		}
		else if (value instanceof Collection<?> list) {
			list.forEach((element) -> foundOnly((element instanceof String id) ? id : null));
		}
		else if (value instanceof String id) {
			foundOnly(id);
		}
	}

	private void foundOnly(@Nullable String id) {
		if (id != null && JsonValues.isUsable(id)) {
			Membership membership = membership(id);
			this.several |= this.only != null && this.only != membership;
			this.only = membership;
		}
	}

	private void foundName(Binding binding, @Nullable Object value) {
		if (!(value instanceof String name) || !JsonValues.isUsable(name)) {
			return;
		}
		if (binding.organization() == null) {
			this.onlyName = (this.onlyName != null) ? this.onlyName : name;
		}
		else if (this.memberships != null) {
			Membership membership = this.memberships.get(binding.organization());
			if (membership != null && membership.name == null) {
				membership.name = name;
			}
		}
	}

	/**
	 * An identifier is a text (RFC 7519 section 4.1.2). A list with one element counts as
	 * that element.
	 */
	private void foundIdentifier(@Nullable Object value) {
		if (value instanceof Collection<?> list) {
			list.forEach(this::foundOneIdentifier);
		}
		else {
			foundOneIdentifier(value);
		}
	}

	private void foundOneIdentifier(@Nullable Object value) {
		if (value instanceof String text && JsonValues.isUsable(text)) {
			this.identifier = text;
			this.identifiers++;
		}
	}

	private Membership membership(String id) {
		if (this.memberships == null) {
			this.memberships = new LinkedHashMap<>(4);
		}
		Membership membership = this.memberships.get(id);
		if (membership == null) {
			membership = new Membership(id);
			this.memberships.put(id, membership);
		}
		return membership;
	}

	Set<String> scopes() {
		return this.scopes.toSet();
	}

	Set<String> roles() {
		return (this.roles != null) ? this.roles.toSet() : Set.of();
	}

	Set<String> permissions() {
		return (this.permissions != null) ? this.permissions.toSet() : Set.of();
	}

	/**
	 * Return the organizations.
	 * @param allowed the allowed organizations
	 * @return the organizations that the token names and that are allowed
	 */
	List<Organization> organizations(AllowedOrganizations allowed) {
		if (this.memberships == null) {
			return List.of();
		}
		if (this.only != null && !this.several && this.only.name == null) {
			this.only.name = this.onlyName;
		}
		List<Organization> organizations = new ArrayList<>(this.memberships.size());
		for (Membership membership : this.memberships.values()) {
			if (allowed.allows(membership.id)) {
				organizations.add(membership.toOrganization());
			}
		}
		return organizations;
	}

	/**
	 * The values found for one organization.
	 */
	private static final class Membership {

		private final String id;

		private @Nullable String name;

		private final Names roles = new Names();

		private final Names permissions = new Names();

		Membership(String id) {
			this.id = id;
		}

		Organization toOrganization() {
			return new Organization(this.id, this.name, this.roles.toSet(), this.permissions.toSet());
		}

	}

}
