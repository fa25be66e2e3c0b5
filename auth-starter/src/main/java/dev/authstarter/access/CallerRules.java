package dev.authstarter.access;

import java.util.Set;
import java.util.function.Supplier;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.authentication.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Enforces rules on the current caller, inside and outside of web requests.
 */
public final class CallerRules {

	private static final Set<Reason> GRANTS = Set.of(Reason.INSUFFICIENT_SCOPE, Reason.INSUFFICIENT_ROLE,
			Reason.INSUFFICIENT_PERMISSION);

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	private final @Nullable GrantHierarchy hierarchy;

	public CallerRules(AccessTokenReader accessTokens, CurrentOrganization acting, @Nullable GrantHierarchy hierarchy) {
		this.accessTokens = accessTokens;
		this.acting = acting;
		this.hierarchy = hierarchy;
	}

	/**
	 * Check a rule against the current caller.
	 * @param caller the current caller, or {@code null} if there is none
	 * @return the refusal, or {@code null} if the rule is satisfied
	 */
	public @Nullable Refusal refuse(Rule rule, @Nullable AccessToken caller) {
		Refusal refusal = refuse(rule, caller, this.acting.find());
		// A converter of the application may grant fewer scopes than the token has. The
		// caller is denied then, but not with insufficient_scope: the token has the
		// scope.
		return (refusal != null && Reason.INSUFFICIENT_SCOPE.equals(refusal.reason())
				&& rule.isFulfilledBy(this.accessTokens.issuedScopes(authentication())))
						? Refusal.of(Reason.ACCESS_DENIED) : refusal;
	}

	/**
	 * Check a rule against any caller.
	 * @param caller the caller's token, or {@code null} if there is none
	 * @param organization the organization that the caller acts in, or {@code null}
	 * @return the refusal, or {@code null} if the rule is satisfied
	 */
	public @Nullable Refusal refuse(Rule rule, @Nullable AccessToken caller, @Nullable Organization organization) {
		Refusal refusal = rule.refuse(caller, organization);
		// The hierarchy is evaluated only if it can change the result.
		if (refusal != null && caller != null && this.hierarchy != null && GRANTS.contains(refusal.reason())) {
			refusal = rule.refuse(this.hierarchy.of(caller),
					(organization != null) ? this.hierarchy.of(organization) : null);
		}
		return refusal;
	}

	/**
	 * Enforce a rule on the current caller.
	 * @param method supplies the class and name of the method with the rule, or
	 * {@code null} if the rule is not a method's
	 * @throws RuleRefusedException if the rule is not satisfied
	 */
	public void hold(Rule rule, @Nullable Supplier<String> method) {
		Authentication caller = authentication();
		Refusal refusal = refuse(rule, this.accessTokens.read(caller));
		if (refusal != null && Reason.MISSING_TOKEN.equals(refusal.reason()) && isKnownOtherwise(caller)) {
			refusal = Refusal.of(Reason.TOKEN_REQUIRED);
		}
		if (refusal != null) {
			throw new RuleRefusedException(refusal, (method != null) ? method.get() : null);
		}
	}

	/**
	 * Return whether the caller is authenticated in another way than with an access
	 * token, for example with a password.
	 */
	public static boolean isKnownOtherwise(@Nullable Authentication caller) {
		return caller != null && caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken)
				&& !(caller instanceof JwtAuthenticationToken);
	}

	private static @Nullable Authentication authentication() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

}
