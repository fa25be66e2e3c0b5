package dev.authstarter.test.attack.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import dev.authstarter.Reason;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Needs;
import org.jspecify.annotations.Nullable;

/**
 * Attacks with valid tokens that are for another organization or lack what the handler
 * requires (RFC 6750 section 3.1, RFC 9700 section 2.3).
 */
final class RuleAttacks {

	/** Expressions of Spring Security that require no right. */
	private static final Pattern ANY_TOKEN = Pattern
		.compile("@?(permitAll|isAuthenticated|isFullyAuthenticated)(\\(\\))?", Pattern.CASE_INSENSITIVE);

	private RuleAttacks() {
	}

	static List<Attack> all() {
		return List.of(foreign("foreign-organization", "A token of another organization.", (organization) -> null),
				foreign("organization-prefix", "A token of an organization whose id is a prefix of the expected one.",
						(organization) -> organization.substring(0, organization.length() - 1)),
				foreign("organization-suffix", "A token of an organization whose id starts with the expected one.",
						(organization) -> organization + "2"),
				foreign("organization-case", "A token with the organization's id in another case.",
						RuleAttacks::otherCase),
				Attack
					.of(Family.ORGANIZATION, "organization-missing", "A token without an organization.",
							Set.of(Reason.ORGANIZATION_MISSING, Reason.ORGANIZATION_NOT_ALLOWED),
							(aim) -> aim.bearing(aim.attacker().token().withoutOrganization()))
					.unless((aim) -> aim.endpoint().scoped() ? null : "not scoped to an organization"),
				Attack
					.of(Family.CALLER, "wrong-caller",
							"A user where a machine is required, or a machine where a user is.", Reason.WRONG_CALLER,
							(aim) -> aim.bearing("machine".equals(aim.endpoint().needs().caller())
									? aim.entitled().asUser("auth0|attacker") : aim.entitled().asMachine("attacker")))
					.unless((aim) -> (aim.endpoint().needs().caller() != null) ? null : "open to users and machines"),
				Attack
					.of(Family.CALLER, "wrong-actor", "An actor that the rule does not allow, or no actor.",
							Reason.WRONG_ACTOR, RuleAttacks::actedForByAnother)
					.unless((aim) -> (aim.endpoint().needs().delegation() != Delegation.ALLOWED) ? null
							: "does not restrict actors"),
				scope("scope-missing", "Everything that the rule requires except the scopes.",
						(scopes) -> new String[0]),
				scope("scope-incomplete", "Everything that the rule requires except the last scope.",
						(scopes) -> Arrays.copyOf(scopes, scopes.length - 1))
					.unless((aim) -> (aim.endpoint().needs().scopes().size() > 1) ? null : "needs no second scope"),
				scope("scope-prefix", "Scopes without their last letter.",
						(scopes) -> each(scopes, (scope) -> scope.substring(0, scope.length() - 1))),
				scope("scope-suffix", "Scopes with an additional letter.",
						(scopes) -> each(scopes, (scope) -> scope + "s")),
				scope("scope-case", "Scopes in another case.", (scopes) -> each(scopes, RuleAttacks::otherCase)),
				scope("scope-wildcard", "Wildcards for scopes.", (scopes) -> new String[] { "*", "**", "*:*" }),
				scope("scope-comma", "Scopes in a list with commas.",
						(scopes) -> new String[] { String.join(",", scopes) + "," }),
				scope("scope-authority", "Scopes as authorities of Spring Security.",
						(scopes) -> each(scopes, (scope) -> "SCOPE_" + scope)),
				Attack.of(Family.SCOPE, "scope-as-role", "The scopes as roles and permissions.",
						Reason.INSUFFICIENT_SCOPE, (aim) -> {
							String[] scopes = Needs.firstOfEach(aim.endpoint().needs().scopes());
							ForgedToken token = aim.entitled().withScopes(Attacker.USELESS_SCOPE);
							ForgedToken more = wherePossible(token, (it) -> it.withPermissions(scopes));
							return aim.bearing(wherePossible(more, (it) -> aim.withRoles(it, scopes)));
						})
					.unless((aim) -> unreadable(aim, aim.endpoint().needs().scopes(), "scope")),
				role("role-missing", "Everything that the rule requires except the roles.", (roles) -> new String[0]),
				role("role-prefix", "Roles without their last letter.",
						(roles) -> each(roles, (role) -> role.substring(0, role.length() - 1))),
				role("role-case", "Roles in another case.", (roles) -> each(roles, RuleAttacks::otherCase)),
				role("role-authority", "Roles as authorities of Spring Security.",
						(roles) -> each(roles, (role) -> "ROLE_" + role)),
				Attack.of(Family.ROLE, "role-as-scope", "The roles as further scopes.", Reason.INSUFFICIENT_ROLE,
						(aim) -> {
							Needs needs = aim.endpoint().needs();
							return aim.bearing(aim.withRoles(aim.entitled(), "attack")
								.withScopes(concat(scopes(needs), Needs.firstOfEach(needs.roles()))));
						})
					.unless((aim) -> unreadable(aim, aim.endpoint().needs().roles(), "role")),
				permission("permission-missing", "Everything that the rule requires except the permissions.",
						(permissions) -> new String[0]),
				permission("permission-prefix", "Permissions without their last letter.",
						(permissions) -> each(permissions,
								(permission) -> permission.substring(0, permission.length() - 1))),
				permission("permission-case", "Permissions in another case.",
						(permissions) -> each(permissions, RuleAttacks::otherCase)),
				Attack.of(Family.PERMISSION, "permission-as-scope", "The permissions as further scopes.",
						Reason.INSUFFICIENT_PERMISSION, (aim) -> {
							Needs needs = aim.endpoint().needs();
							return aim.bearing(aim.entitled()
								.withPermissions()
								.withScopes(concat(scopes(needs), Needs.firstOfEach(needs.permissions()))));
						})
					.unless((aim) -> unreadable(aim, aim.endpoint().needs().permissions(), "permission")),
				Attack
					.of(Family.RULE, "useless-token",
							"A token without rights, where the rule is an expression or no rule is declared.", Set.of(),
							(aim) -> aim.bearing(aim.token()))
					.unless(RuleAttacks::asksForNothingElse));
	}

	private static AttackRequest actedForByAnother(Aim aim) {
		Needs needs = aim.endpoint().needs();
		return aim.bearing((needs.delegation() == Delegation.REQUIRED && needs.actor() == null)
				? aim.entitled().withoutClaim("act") : Needs.actedFor(aim.entitled(), "attack"));
	}

	private static @Nullable String asksForNothingElse(Aim aim) {
		Endpoint endpoint = aim.endpoint();
		if (endpoint.open()) {
			return "open without a token";
		}
		if (!endpoint.needs().readable()) {
			return ANY_TOKEN.matcher(endpoint.handler().rule()).matches() ? "any valid token is enough" : null;
		}
		boolean silent = endpoint.handler().undeclared()
				|| endpoint.handler().kind() == HandlerDescription.Kind.RESOURCE;
		return silent ? null : "its rule can be read";
	}

	private static Attack foreign(String name, String documentation, Function<String, @Nullable String> organization) {
		return Attack.of(Family.ORGANIZATION, name, documentation,
				Set.of(Reason.ORGANIZATION_MISMATCH, Reason.NOT_FOUND, Reason.ORGANIZATION_NOT_ALLOWED), (aim) -> {
					String named = organization.apply(aim.attacker().organization());
					return aim.bearing(
							aim.attacker().token().forOrganization((named != null) ? named : aim.attacker().foreign()));
				})
			.unless((aim) -> switch (aim.endpoint().organization()) {
				case REQUEST -> null;
				case TOKEN -> "only the token names the organization";
				case OTHER -> aim.endpoint().scoped() ? "neither path nor header can name an organization"
						: "not scoped to an organization";
			});
	}

	private static Attack scope(String name, String documentation, UnaryOperator<String[]> change) {
		return Attack
			.of(Family.SCOPE, name, documentation, Reason.INSUFFICIENT_SCOPE,
					(aim) -> aim.bearing(aim.entitled()
						.withScopes(concat(change.apply(Needs.firstOfEach(aim.endpoint().needs().scopes())),
								Attacker.USELESS_SCOPE))))
			.unless((aim) -> unreadable(aim, aim.endpoint().needs().scopes(), "scope"));
	}

	private static Attack role(String name, String documentation, UnaryOperator<String[]> change) {
		return Attack
			.of(Family.ROLE, name, documentation, Reason.INSUFFICIENT_ROLE,
					(aim) -> aim.bearing(aim.withRoles(aim.entitled(),
							concat(change.apply(Needs.firstOfEach(aim.endpoint().needs().roles())), "attack"))))
			.unless((aim) -> unreadable(aim, aim.endpoint().needs().roles(), "role"));
	}

	private static Attack permission(String name, String documentation, UnaryOperator<String[]> change) {
		return Attack
			.of(Family.PERMISSION, name, documentation, Reason.INSUFFICIENT_PERMISSION,
					(aim) -> aim.bearing(aim.entitled()
						.withPermissions(change.apply(Needs.firstOfEach(aim.endpoint().needs().permissions())))))
			.unless((aim) -> unreadable(aim, aim.endpoint().needs().permissions(), "permission"));
	}

	/** Return why this part of a rule cannot be attacked, or {@code null}. */
	private static @Nullable String unreadable(Aim aim, List<List<String>> choices, String kind) {
		if (!aim.endpoint().needs().readable()) {
			return "its rule is an expression";
		}
		return choices.isEmpty() ? "needs no " + kind : null;
	}

	/** Tokens of some providers have no claim for roles or for permissions. */
	private static ForgedToken wherePossible(ForgedToken token, UnaryOperator<ForgedToken> change) {
		try {
			return change.apply(token);
		}
		catch (IllegalArgumentException ex) {
			return token;
		}
	}

	private static String[] scopes(Needs needs) {
		return concat(Needs.firstOfEach(needs.scopes()), Attacker.USELESS_SCOPE);
	}

	private static String[] each(String[] names, UnaryOperator<String> change) {
		return Arrays.stream(names).map(change).toArray(String[]::new);
	}

	private static String[] concat(String[] names, String... more) {
		String[] all = Arrays.copyOf(names, names.length + more.length);
		System.arraycopy(more, 0, all, names.length, more.length);
		return all;
	}

	private static String otherCase(String text) {
		String upper = text.toUpperCase(Locale.ROOT);
		return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
	}

}
