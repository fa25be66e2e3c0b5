package dev.authstarter.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Organization;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one token: takes what the selectors find and sorts it. A right that was
 * found together with an organization never leaves that organization.
 */
final class Reading implements Matches {

	private final SharedNames shared;

	private Setting fact = Setting.SUBJECT;

	private final Names scopes = new Names();

	private @Nullable Names roles;

	private @Nullable Names permissions;

	private @Nullable Map<String, Membership> memberships;

	/**
	 * The organization that the token names on its own; the name that stands beside it.
	 */
	private @Nullable Membership only;

	private boolean several;

	private @Nullable String onlyName;

	private @Nullable String identifier;

	private int identifiers;

	Reading(SharedNames shared) {
		this.shared = shared;
	}

	void read(Setting fact, Selector[] selectors, Map<String, Object> claims) {
		this.fact = fact;
		for (Selector selector : selectors) {
			selector.find(claims, this);
		}
	}

	/**
	 * Read what must be one value: the first selector with a value counts.
	 * @return the value, or {@code null} if there is none or the claim names several
	 */
	@Nullable String readOne(Setting fact, Selector[] selectors, Map<String, Object> claims) {
		this.fact = fact;
		for (Selector selector : selectors) {
			this.identifier = null;
			this.identifiers = 0;
			selector.find(claims, this);
			if (this.identifiers > 0) {
				return (this.identifiers == 1) ? this.identifier : null;
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

	/** A text is several of them. */
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

	private static Names held(Binding binding, @Nullable String member, @Nullable Object value) {
		Names held = new Names();
		addRights(held, binding, member, value);
		return held;
	}

	/**
	 * Text is one right; of a list its texts and integers count; of an object the names
	 * of its members; {@code true} grants its own name.
	 */
	private static void addRights(Names into, Binding binding, @Nullable String member, @Nullable Object value) {
		if (binding.right() != null) {
			into.add(binding.right());
		}
		else if (value instanceof String text) {
			if (Values.isUsable(text)) {
				into.add(text);
			}
		}
		else if (value instanceof Collection<?> list) {
			into.expect(list.size());
			for (Object element : list) {
				String name = Values.text(element);
				if (name != null) {
					into.add(name);
				}
			}
		}
		else if (value instanceof Map<?, ?> object) {
			addMembers(into, object);
		}
		else if (Boolean.TRUE.equals(value) && member != null) {
			into.add(member);
		}
	}

	private static void addMembers(Names into, Map<?, ?> object) {
		for (Map.Entry<?, ?> entry : object.entrySet()) {
			if (entry.getKey() instanceof String name && Values.isGranted(entry.getValue()) && Values.isUsable(name)) {
				into.add(name);
			}
		}
	}

	/** Scopes stand between spaces (RFC 6749 section 3.3). */
	private void addWords(String text) {
		int start = 0;
		while (start < text.length()) {
			int space = text.indexOf(' ', start);
			int end = (space >= 0) ? space : text.length();
			if (start < end) {
				String word = text.substring(start, end);
				if (Values.isUsable(word)) {
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
			list.forEach((element) -> foundOnly(Values.text(element)));
		}
		else if (value instanceof Map<?, ?> object) {
			object.forEach((name, granted) -> foundOnly(Values.isGranted(granted) ? Values.text(name) : null));
		}
		else if (value instanceof String id) {
			foundOnly(id);
		}
	}

	private void foundOnly(@Nullable String id) {
		if (id != null && Values.isUsable(id)) {
			Membership membership = membership(id);
			this.several |= this.only != null && this.only != membership;
			this.only = membership;
		}
	}

	private void foundName(Binding binding, @Nullable Object value) {
		if (!(value instanceof String name) || !Values.isUsable(name)) {
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

	/** Like an audience list of one: a list with one element is that element. */
	private void foundIdentifier(@Nullable Object value) {
		if (value instanceof Collection<?> list) {
			list.forEach(this::foundOneIdentifier);
		}
		else {
			foundOneIdentifier(value);
		}
	}

	private void foundOneIdentifier(@Nullable Object value) {
		String text = Values.text(value);
		if (text != null) {
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
	 * @param allowed the identifiers that count, or an empty set for all
	 * @return the organizations that the token names and that count
	 */
	List<Organization> organizations(Set<String> allowed) {
		if (this.memberships == null) {
			return List.of();
		}
		if (this.only != null && !this.several && this.only.name == null) {
			this.only.name = this.onlyName;
		}
		List<Organization> organizations = new ArrayList<>(this.memberships.size());
		for (Membership membership : this.memberships.values()) {
			if (allowed.isEmpty() || allowed.contains(membership.id)) {
				organizations.add(membership.toOrganization());
			}
		}
		return organizations;
	}

	/**
	 * What was found about one organization.
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
