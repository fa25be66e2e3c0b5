package dev.authstarter.claims;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.selector.JsonValues;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the permissions in Clerk's session token, version 2: {@code fea} names the
 * features, {@code o.per} the permissions, and {@code o.fpm} holds for each feature of
 * the organization a number whose bit <i>n</i> stands for permission <i>n</i>. They hold
 * in the organization {@code o.id} and are spelled {@code org:feature:permission}.
 *
 * @see <a href="https://clerk.com/docs/guides/sessions/session-tokens">Session tokens,
 * version 2</a>
 */
final class ClerkPermissions implements AccessTokenCustomizer {

	/** The maximum number of digits of a mask, which is enough for every organization. */
	private static final int MAXIMUM_DIGITS = 300;

	@Override
	public AccessToken decode(AccessToken token) {
		Map<String, Object> claims = token.claims();
		if (!(claims.get("o") instanceof Map<?, ?> current) || !(current.get("id") instanceof String id)
				|| !(claims.get("fea") instanceof String features)
				|| !(current.get("per") instanceof String permissions)
				|| !(current.get("fpm") instanceof String masks)) {
			return token;
		}
		Set<String> held = held(organizationFeatures(features), items(permissions), items(masks));
		return held.isEmpty() ? token : with(token, id, held);
	}

	private static Set<String> held(List<String> features, List<String> permissions, List<String> masks) {
		Set<String> held = new LinkedHashSet<>();
		for (int i = 0; i < Math.min(features.size(), masks.size()); i++) {
			BigInteger mask = mask(masks.get(i));
			for (int bit = 0; mask != null && bit < permissions.size(); bit++) {
				if (mask.testBit(bit) && JsonValues.isUsable(permissions.get(bit))) {
					held.add("org:" + features.get(i) + ":" + permissions.get(bit));
				}
			}
		}
		return held;
	}

	/**
	 * The masks belong to the features of organizations alone: those whose scope, before
	 * the colon, holds an {@code o}. If one item is invalid, their order is uncertain and
	 * all are ignored.
	 */
	private static List<String> organizationFeatures(String text) {
		List<String> features = new ArrayList<>();
		for (String item : items(text)) {
			int colon = item.indexOf(':');
			if (colon <= 0 || colon == item.length() - 1 || !JsonValues.isUsable(item)) {
				return List.of();
			}
			if (item.substring(0, colon).indexOf('o') >= 0) {
				features.add(item.substring(colon + 1));
			}
		}
		return features;
	}

	private static List<String> items(String text) {
		List<String> items = new ArrayList<>();
		StringTokenizer tokens = new StringTokenizer(text, ",", true);
		String item = "";
		while (tokens.hasMoreTokens()) {
			String token = tokens.nextToken();
			if (token.equals(",")) {
				items.add(item);
				item = "";
			}
			else {
				item = token.strip();
			}
		}
		items.add(item);
		return items;
	}

	private static @Nullable BigInteger mask(String text) {
		boolean number = !text.isEmpty() && text.length() <= MAXIMUM_DIGITS
				&& text.chars().allMatch((c) -> c >= '0' && c <= '9');
		return number ? new BigInteger(text) : null;
	}

	private static AccessToken with(AccessToken token, String id, Set<String> held) {
		List<Organization> organizations = new ArrayList<>();
		for (Organization organization : token.organizations()) {
			if (organization.id().equals(id)) {
				Set<String> permissions = new LinkedHashSet<>(organization.permissions());
				permissions.addAll(held);
				organizations.add(new Organization(id, organization.name(), organization.roles(), permissions));
			}
			else {
				organizations.add(organization);
			}
		}
		return new AccessToken(token.issuer(), token.subject(), token.clientId(), token.callerType(), token.scopes(),
				token.roles(), token.permissions(), organizations, token.actor(), token.expiresAt(), token.claims());
	}

}
